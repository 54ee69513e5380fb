package io.leeway.training.learning;

import io.leeway.core.evaluation.RegressionMetrics;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** The rows that a candidate is judged by, and what they say of it: the newest share, or a validation file instead. */
final class Holdout {
    private final RowSource source;
    private final RowSource validation;
    private final int from;
    private final int to;

    /**
     * @param validation null without a file of its own
     * @param from first of the source's rows that is held out
     * @param to rows of the source
     */
    Holdout(RowSource source, RowSource validation, int from, int to) {
        this.source = source;
        this.validation = validation;
        this.from = from;
        this.to = to;
    }

    /**
     * @param model errors of the candidate
     * @param mean errors of the mean of the rows before
     * @param intervals how they did; empty without intervals
     */
    record Errors(RegressionMetrics model, RegressionMetrics mean, Optional<IntervalFigures> intervals) {
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("rmse", model.rmse());
            figures.put("mae", model.mae());
            figures.put("bias", model.bias());
            figures.put("meanRmse", mean.rmse());
            intervals.ifPresent(known -> figures.putAll(known.toJson()));
            return figures;
        }
    }

    /** Errors by core's own forward pass; empty without held-out rows. */
    Optional<Errors> errors(Artifact artifact) {
        Scorer scorer = Scorers.of(artifact);
        List<Double> predicted = new ArrayList<>();
        List<Double> observed = new ArrayList<>();
        List<Forecast.Bounds> bounds = new ArrayList<>();
        read(Integer.MAX_VALUE, (row, i) -> {
            if (row.chosen() < 0) {
                Forecast forecast = scorer.forecast(row.context());
                predicted.add(forecast.value());
                forecast.interval().ifPresent(bounds::add);
            } else {
                predicted.add(row.scoredBy(scorer));
            }
            observed.add(row.reward());
        });
        if (observed.isEmpty()) {
            return Optional.empty();
        }
        double[] truth = toArray(observed);
        return Optional.of(new Errors(
                RegressionMetrics.of(toArray(predicted), truth),
                RegressionMetrics.of(meanBefore(truth.length), truth),
                bounds.isEmpty() ? Optional.empty() : Optional.of(IntervalFigures.of(bounds, truth))));
    }

    private double[] meanBefore(int rows) {
        double[] sum = new double[2];
        source.read(0, from, (row, i) -> {
            sum[0] += row.reward();
            sum[1]++;
        });
        double[] mean = new double[rows];
        Arrays.fill(mean, sum[0] / sum[1]);
        return mean;
    }

    /** What the candidate's policy would have earned, off-policy. */
    Map<String, Object> policyValue(Artifact artifact, Map<String, Object> policyDefaults, Design design) {
        PolicyValue value = PolicyValue.of(Scorers.of(artifact), policyDefaults, rewardRange(policyDefaults, design));
        read(Integer.MAX_VALUE, (row, i) -> value.add(row));
        return value.figures();
    }

    /** What the loop states; else what was seen. */
    private RewardRange rewardRange(Map<String, Object> policyDefaults, Design design) {
        if (policyDefaults.get("rewardRange") instanceof List<?> stated && stated.size() == 2) {
            return new RewardRange(((Number) stated.get(0)).doubleValue(), ((Number) stated.get(1)).doubleValue());
        }
        double[] seen = {design.leastTarget(), design.mostTarget()};
        read(Integer.MAX_VALUE, (row, i) -> {
            seen[0] = Math.min(seen[0], row.reward());
            seen[1] = Math.max(seen[1], row.reward());
        });
        return new RewardRange(seen[0], Math.max(seen[1], seen[0] + 1e-9));
    }

    /** Reads the first of the held-out rows. */
    void read(int most, ObjIntConsumer<TrainingRow> reader) {
        if (validation != null) {
            validation.read(0, most, reader);
        } else {
            source.read(from, (int) Math.min(to, (long) from + most), reader);
        }
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
