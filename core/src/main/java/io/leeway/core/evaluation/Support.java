package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How well logged rows support the policy to evaluate.
 *
 * @param effectiveSampleSize (sum w)^2 / sum w^2: how many rows of the policy itself these are worth
 * @param maximumWeight the largest importance weight
 * @param meanWeight 1 in expectation where the logs support the policy
 * @param typicalWeight sum w^2 / sum w: the weight of a logged row as the policy itself would meet it
 * @param unusedShare share of rows whose action the policy never takes, so that they say nothing of it; in [0, 1]
 * @param missingWeight share of the policy's own choices that the logs cannot hold: how far the mean weight lies below 1 beyond four
 *     standard errors; in [0, 1]
 * @param warnings in words; empty if nothing is wrong
 */
public record Support(
        int rows,
        double effectiveSampleSize,
        double maximumWeight,
        double meanWeight,
        double typicalWeight,
        double unusedShare,
        double missingWeight,
        List<String> warnings) {
    /** A mean weight this far from 1, in standard errors, says that the propensities are wrong or support is lacking. */
    private static final double WEIGHT_ALARM = 4;

    private static final double ROUNDING = 1e-6;
    private static final double FEW = 0.1;
    private static final double DOMINANT = 0.05;

    public Support {
        warnings = List.copyOf(warnings);
    }

    public static Support of(LoggedRows rows) {
        double sum = 0;
        double squares = 0;
        int unused = 0;
        for (int i = 0; i < rows.size(); i++) {
            double weight = rows.weight(i);
            sum += weight;
            squares += weight * weight;
            unused += weight == 0 ? 1 : 0;
        }
        RowTerms weights = rows.size() < 2
                ? new RowTerms(rows.meanWeight(), Double.POSITIVE_INFINITY) // one says nothing of the mean
                : RowTerms.of(rows.size(), rows::weight);
        double noise = WEIGHT_ALARM * weights.standardError() + ROUNDING;
        double missing = Math.min(1, Math.max(0, 1 - weights.mean() - noise));
        double effective = rows.effectiveSampleSize();
        double unusedShare = rows.size() == 0 ? 0 : unused / (double) rows.size();
        return new Support(
                rows.size(),
                effective,
                rows.maximumWeight(),
                rows.meanWeight(),
                sum == 0 ? 0 : squares / sum,
                unusedShare,
                missing,
                warnings(rows, effective, weights, noise));
    }

    private static List<String> warnings(LoggedRows rows, double effective, RowTerms weights, double noise) {
        List<String> warnings = new ArrayList<>();
        if (effective < rows.size() * FEW) {
            warnings.add("few rows count: effectiveSampleSize=" + Math.round(effective) + " of " + rows.size());
        }
        double largestShare = effective == 0 ? 0 : rows.maximumWeight() / (weights.mean() * rows.size());
        if (largestShare > DOMINANT) {
            warnings.add("one row decides much: it carries " + Math.round(100 * largestShare)
                    + " % of all weight, maximumWeight=" + rows.maximumWeight());
        }
        if (Math.abs(weights.mean() - 1) > noise) {
            warnings.add("the mean weight should be 1, so propensities or support are doubtful: meanWeight="
                    + weights.mean());
        }
        return warnings;
    }
}
