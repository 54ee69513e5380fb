package io.leeway.training.gates;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.evaluation.RegressionMetrics;
import io.leeway.core.model.Scorer;
import io.leeway.training.learning.TrainingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The quality gate of a regression loop: on the newest rows, which the candidate has not learned from, its error must be smaller
 * than that of always predicting the mean, and must not be larger than the champion's by more than the tolerance with confidence.
 */
public final class RegressionQuality {
    private final double tolerance;
    private final double confidence;

    /** @param tolerance share of the champion's error, >= 0 */
    public RegressionQuality(double tolerance, double confidence) {
        this.tolerance = tolerance;
        this.confidence = confidence;
    }

    /** @param trainMean mean of the values that the candidate learned from */
    public GateVerdict judge(List<TrainingRow> rows, Scorer candidate, Optional<Scorer> champion, double trainMean) {
        if (rows.size() < 2) {
            return verdict(false, "too few rows to judge by: " + rows.size(), Map.of("rows", rows.size()));
        }
        double[] truth = rows.stream().mapToDouble(TrainingRow::reward).toArray();
        double[] predicted = rows.stream()
                .mapToDouble(row -> candidate.predict(row.context()))
                .toArray();
        RegressionMetrics own = RegressionMetrics.of(predicted, truth);
        double[] constant = new double[truth.length];
        java.util.Arrays.fill(constant, trainMean);
        RegressionMetrics mean = RegressionMetrics.of(constant, truth);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", truth.length);
        figures.put("rmse", own.rmse());
        figures.put("mae", own.mae());
        figures.put("bias", own.bias());
        figures.put("meanRmse", mean.rmse());
        if (!(own.rmse() < mean.rmse())) {
            return verdict(false, say("predicts no better than the mean: RMSE %.4g against %.4g", own, mean), figures);
        }
        if (champion.isEmpty()) {
            return verdict(true, say("better than the mean: RMSE %.4g against %.4g", own, mean), figures);
        }
        double[] theirs = rows.stream()
                .mapToDouble(row -> champion.get().predict(row.context()))
                .toArray();
        return againstChampion(truth, predicted, theirs, own, figures);
    }

    private GateVerdict againstChampion(
            double[] truth, double[] predicted, double[] theirs, RegressionMetrics own, Map<String, Object> figures) {
        RegressionMetrics champion = RegressionMetrics.of(theirs, truth);
        double allowed = (1 + tolerance) * (1 + tolerance);
        MeanDifference loss = MeanDifference.of(
                truth.length, i -> square(predicted[i] - truth[i]) - allowed * square(theirs[i] - truth[i]));
        figures.put("championRmse", champion.rmse());
        figures.put("tolerance", tolerance);
        figures.put("lossBeyondTolerance", loss.mean());
        figures.put("lossBeyondToleranceLower", loss.lower(confidence));
        if (loss.lower(confidence) > 0) {
            return verdict(false, say("worse than the champion: RMSE %.4g against %.4g", own, champion), figures);
        }
        return verdict(true, say("not worse than the champion: RMSE %.4g against %.4g", own, champion), figures);
    }

    private static String say(String format, RegressionMetrics own, RegressionMetrics other) {
        return String.format(Locale.ROOT, format, own.rmse(), other.rmse());
    }

    private static double square(double value) {
        return value * value;
    }

    private static GateVerdict verdict(boolean passed, String reason, Map<String, Object> figures) {
        return new GateVerdict("quality", passed, reason, figures);
    }
}
