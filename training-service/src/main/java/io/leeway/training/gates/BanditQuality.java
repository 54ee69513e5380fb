package io.leeway.training.gates;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.bandit.Policy;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.Minimum;
import io.leeway.core.evaluation.OffPolicyEstimator;
import io.leeway.core.evaluation.PairedComparison;
import io.leeway.training.learning.TrainingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The quality gate of a bandit loop, on the newest rows, which the candidate has not learned from. Two questions:
 *
 * <ol>
 *   <li>Has it learned anything: are its predictions of rewards better than their mean (one-sided, 90 %), or is its policy better
 *       than the reference with confidence?
 *   <li>Is its policy, exploration included, worth less than the reference by more than the tolerance? It is kept out when the whole
 *       interval of the doubly robust difference says so. The reference is the champion, or the logging policy without one.
 * </ol>
 *
 * <p>Where the logs support too few of the choices that are compared, the second question is put to the predictions instead:
 * their squared error must not be larger than the champion's with confidence.
 */
public final class BanditQuality {
    private static final Minimum MINIMUM = new Minimum(20, 10);
    private static final double LEARNED = 0.9;

    private final double tolerance;
    private final double confidence;

    /** @param tolerance share of the reference's value, >= 0 */
    public BanditQuality(double tolerance, double confidence) {
        this.tolerance = tolerance;
        this.confidence = confidence;
    }

    /** @param trainMean mean of the rewards that the candidate learned from */
    public GateVerdict judge(List<TrainingRow> held, Policy candidate, Optional<Policy> champion, double trainMean) {
        PolicyRows rows = PolicyRows.of(held, candidate, champion);
        int size = rows.rewards().size();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", size);
        figures.put("unsupportedRows", rows.unsupported());
        figures.put("reference", champion.isPresent() ? "champion" : "logging policy");
        if (size < MINIMUM.rows()) {
            return verdict(false, "too few rows to judge by: " + size + " of " + MINIMUM.rows(), figures);
        }
        MeanDifference gain = MeanDifference.of(
                size, i -> square(rows.rewards().get(i) - trainMean) - error(rows.predicted(), rows, i));
        figures.put("rmse", Math.sqrt(meanError(rows.predicted(), rows)));
        figures.put("meanRmse", Math.sqrt(meanError(rows, trainMean)));
        figures.put("squaredErrorGain", gain.mean());
        boolean learned = gain.lower(LEARNED) > 0;
        try {
            PairedComparison compared = PairedComparison.of(rows.reference(), rows.candidate(), confidence, MINIMUM);
            return byValue(rows, compared, learned, figures);
        } catch (InsufficientSupportException e) {
            figures.put("effectiveSampleSize", rows.candidate().effectiveSampleSize());
            return byError(rows, learned, figures);
        }
    }

    private GateVerdict byValue(
            PolicyRows rows, PairedComparison compared, boolean learned, Map<String, Object> figures) {
        OffPolicyEstimator robust = OffPolicyEstimator.doublyRobust();
        double own = robust.estimate(rows.candidate(), confidence, MINIMUM).value();
        double reference =
                robust.estimate(rows.reference(), confidence, MINIMUM).value();
        double margin = tolerance * Math.abs(reference);
        figures.put("value", own);
        figures.put("referenceValue", reference);
        figures.put(
                "valueSnips",
                OffPolicyEstimator.selfNormalised()
                        .estimate(rows.candidate(), confidence, MINIMUM)
                        .value());
        figures.put("difference", compared.difference());
        figures.put("differenceLower", compared.lower());
        figures.put("differenceUpper", compared.upper());
        figures.put("margin", margin);
        figures.put("effectiveSampleSize", compared.smallerEffectiveSampleSize());
        String values = String.format(
                Locale.ROOT,
                "value %.4g against %.4g of the %s, difference in [%.4g, %.4g]",
                own,
                reference,
                figures.get("reference"),
                compared.lower(),
                compared.upper());
        if (compared.upper() < -margin) {
            return verdict(false, "worse policy: " + values, figures);
        }
        if (!learned && !compared.isBetterBy(0)) {
            return verdict(false, "has learned nothing that new rows confirm: " + values, figures);
        }
        return verdict(true, (compared.isBetterBy(0) ? "better policy: " : "not a worse policy: ") + values, figures);
    }

    private GateVerdict byError(PolicyRows rows, boolean learned, Map<String, Object> figures) {
        String overlap = "; the logs support too few of its choices to estimate its value";
        if (!learned) {
            return verdict(false, "predicts rewards no better than their mean" + overlap, figures);
        }
        if (rows.championPredicted().isEmpty()) {
            return verdict(true, "predicts rewards better than their mean" + overlap, figures);
        }
        double allowed = (1 + tolerance) * (1 + tolerance);
        MeanDifference loss = MeanDifference.of(
                rows.rewards().size(),
                i -> error(rows.predicted(), rows, i) - allowed * error(rows.championPredicted(), rows, i));
        figures.put("championRmse", Math.sqrt(meanError(rows.championPredicted(), rows)));
        boolean worse = loss.lower(confidence) > 0;
        return verdict(
                !worse, "predicts rewards " + (worse ? "worse" : "no worse") + " than the champion" + overlap, figures);
    }

    private static double error(List<Double> predicted, PolicyRows rows, int i) {
        return square(rows.rewards().get(i) - predicted.get(i));
    }

    private static double meanError(List<Double> predicted, PolicyRows rows) {
        return MeanDifference.of(rows.rewards().size(), i -> error(predicted, rows, i))
                .mean();
    }

    private static double meanError(PolicyRows rows, double constant) {
        return MeanDifference.of(
                        rows.rewards().size(), i -> square(rows.rewards().get(i) - constant))
                .mean();
    }

    private static double square(double value) {
        return value * value;
    }

    private static GateVerdict verdict(boolean passed, String reason, Map<String, Object> figures) {
        return new GateVerdict("quality", passed, reason, figures);
    }
}
