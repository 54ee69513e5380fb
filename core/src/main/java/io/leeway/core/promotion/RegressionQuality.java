package io.leeway.core.promotion;

import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.LossDifferenceSequence;
import io.leeway.core.evaluation.RegressionMetrics;
import io.leeway.core.model.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The quality gate of a regression loop, on the newest rows, which the candidate has not learned from. Squared errors are compared in
 * pairs with anytime-valid intervals, cut at about three standard deviations of the reference's errors in the first fifth of the rows, so
 * that no single value decides; the other four fifths are judged by.
 *
 * <p>Against the mean of what it learned from the candidate must be provably better, against a linear baseline not provably worse, against
 * the champion provably better or not worse than the tolerance; where that stays open, live values may decide. Immutable.
 */
public final class RegressionQuality {
    private static final int FEWEST_ROWS = 20;
    private static final double BASELINE_CONFIDENCE = 0.95;
    private static final double FIRST = 0.2;

    private final Thresholds thresholds;
    private final boolean liveDecides;

    public RegressionQuality(Thresholds thresholds, boolean liveDecides) {
        this.thresholds = thresholds;
        this.liveDecides = liveDecides;
    }

    /**
     * @param linear the linear baseline, where there is one
     * @param trainMean mean of the values that the candidate learned from
     */
    public Verdict judge(
            List<JudgedRow> rows,
            Scorer candidate,
            Optional<Scorer> champion,
            Optional<ToDoubleFunction<Map<String, Object>>> linear,
            double trainMean) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows.size());
        figures.put("level", thresholds.level());
        if (rows.size() < FEWEST_ROWS) {
            return refused("too few rows to judge by: " + rows.size() + " of " + FEWEST_ROWS, figures);
        }
        double[] truth = rows.stream().mapToDouble(JudgedRow::reward).toArray();
        double[] own = predict(rows, candidate::predict);
        RegressionMetrics metrics = RegressionMetrics.of(own, truth);
        figures.put("rmse", metrics.rmse());
        figures.put("mae", metrics.mae());
        figures.put("bias", metrics.bias());
        figures.put("bySegment", bySegment(rows, own, truth));
        double[] mean = new double[truth.length];
        Arrays.fill(mean, trainMean);
        if (!compare("mean", truth, own, mean, BASELINE_CONFIDENCE, figures).isBetterBy(0)) {
            return refused(say("predicts no better than the mean", figures, "mean"), figures);
        }
        if (linear.isPresent()
                && compare("linear", truth, own, predict(rows, linear.get()), BASELINE_CONFIDENCE, figures)
                        .isWorseThan(0)) {
            return refused(say("predicts worse than a linear baseline", figures, "linear"), figures);
        }
        return champion.map(theirs -> againstChampion(truth, own, predict(rows, theirs::predict), figures))
                .orElseGet(() -> passed(say("better than the mean", figures, "mean"), figures));
    }

    /** Told, not judged: where the candidate errs more than elsewhere. */
    private static List<Map<String, Object>> bySegment(List<JudgedRow> rows, double[] own, double[] truth) {
        List<Map<String, Object>> all = new ArrayList<>();
        Segments.of(rows.stream().map(JudgedRow::context).toList(), List.of()).forEach((name, members) -> {
            double[] predicted = members.stream().mapToDouble(i -> own[i]).toArray();
            double[] observed = members.stream().mapToDouble(i -> truth[i]).toArray();
            RegressionMetrics metrics = RegressionMetrics.of(predicted, observed);
            all.add(Map.of("segment", name, "rows", members.size(), "rmse", metrics.rmse(), "bias", metrics.bias()));
        });
        return all;
    }

    private Verdict againstChampion(double[] truth, double[] own, double[] theirs, Map<String, Object> figures) {
        LossDifferenceSequence plain = compare("champion", truth, own, theirs, thresholds.confidence(), figures);
        double allowed = (1 + thresholds.tolerance()) * (1 + thresholds.tolerance());
        LossDifferenceSequence tolerant = losses(truth, own, theirs, thresholds.confidence(), allowed);
        double gain = thresholds.gain() * square(number(figures, "championRmse"));
        Evidence evidence = plain.isBetterBy(gain)
                ? Evidence.BETTER
                : thresholds.gain() == 0 && tolerant.isBetterBy(0)
                        ? Evidence.NOT_WORSE
                        : tolerant.isWorseThan(0) ? Evidence.WORSE : Evidence.OPEN;
        figures.put("tolerance", thresholds.tolerance());
        figures.put("evidence", evidence.name().toLowerCase(Locale.ROOT));
        return switch (evidence) {
            case BETTER -> passed(say("better than the champion", figures, "champion"), figures);
            case NOT_WORSE -> passed(say("not worse than the champion", figures, "champion"), figures);
            case WORSE -> refused(say("worse than the champion", figures, "champion"), figures);
            case OPEN ->
                liveDecides
                        ? passed(say("open, live values decide", figures, "champion"), figures)
                        : refused(say("not proven to be better than the champion", figures, "champion"), figures);
        };
    }

    private static LossDifferenceSequence compare(
            String name,
            double[] truth,
            double[] own,
            double[] theirs,
            double confidence,
            Map<String, Object> figures) {
        LossDifferenceSequence losses = losses(truth, own, theirs, confidence, 1);
        Interval interval = losses.interval();
        figures.put(name + "Rmse", RegressionMetrics.of(theirs, truth).rmse());
        figures.put(name + "SquaredErrorGainLower", interval.lower());
        figures.put(name + "SquaredErrorGainUpper", interval.upper());
        return losses;
    }

    /** @param allowed what the reference's losses are multiplied by */
    private static LossDifferenceSequence losses(
            double[] truth, double[] own, double[] theirs, double confidence, double allowed) {
        int first = Math.max(FEWEST_ROWS / 2, (int) (FIRST * truth.length));
        double[] earlier = new double[first];
        for (int i = 0; i < first; i++) {
            earlier[i] = square(theirs[i] - truth[i]);
        }
        double cap = ErrorCap.of(earlier);
        LossDifferenceSequence losses = new LossDifferenceSequence(allowed * cap, confidence);
        for (int i = first; i < truth.length; i++) {
            // Both are cut at the same error before the allowance.
            losses.add(allowed * Math.min(cap, square(theirs[i] - truth[i])), Math.min(cap, square(own[i] - truth[i])));
        }
        return losses;
    }

    private static double[] predict(List<JudgedRow> rows, ToDoubleFunction<Map<String, Object>> model) {
        return rows.stream()
                .mapToDouble(row -> model.applyAsDouble(row.context()))
                .toArray();
    }

    private static String say(String what, Map<String, Object> figures, String other) {
        return String.format(
                Locale.ROOT,
                "%s: RMSE %.4g against %.4g, squared errors smaller by [%.4g, %.4g]",
                what,
                number(figures, "rmse"),
                number(figures, other + "Rmse"),
                number(figures, other + "SquaredErrorGainLower"),
                number(figures, other + "SquaredErrorGainUpper"));
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }

    private static double square(double value) {
        return value * value;
    }

    private static Verdict passed(String reason, Map<String, Object> figures) {
        return new Verdict(BanditQuality.NAME, true, reason, figures);
    }

    private static Verdict refused(String reason, Map<String, Object> figures) {
        return new Verdict(BanditQuality.NAME, false, reason, figures);
    }
}
