package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An off-policy estimate of a policy's mean reward with its interval and what speaks against it.
 *
 * @param lower of the interval, same unit as the reward
 * @param maximumWeight the largest importance weight
 * @param clippedMass share of the total importance weight that clipping, switching or shrinking took away, in [0, 1]
 * @param warnings in words; empty if nothing is wrong
 * @param intervals by method; the one that {@code lower} and {@code upper} repeat is among them
 */
public record Estimate(
        String name,
        double value,
        double standardError,
        double lower,
        double upper,
        double effectiveSampleSize,
        double maximumWeight,
        double clippedMass,
        int rows,
        List<String> warnings,
        Map<IntervalMethod, Interval> intervals) {
    /** Beyond this clipped mass a warning is due. */
    private static final double MUCH_CLIPPED = 0.05;

    public Estimate {
        warnings = List.copyOf(warnings);
        intervals = Map.copyOf(intervals);
        if (!(lower <= value && value <= upper)) {
            throw new IllegalArgumentException(
                    "must be lower <= value <= upper: lower=" + lower + " value=" + value + " upper=" + upper);
        }
    }

    /** With a normal interval around the estimator's own expectation. */
    static Estimate of(OffPolicyEstimator estimator, LoggedRows rows, RowTerms terms, Interval normal) {
        Map<IntervalMethod, Interval> intervals = new EnumMap<>(Map.of(IntervalMethod.NORMAL, normal));
        Estimate estimate = of(estimator, rows, Support.of(rows), terms, IntervalMethod.NORMAL, intervals);
        return estimator instanceof DirectMethod
                ? estimate.withWarning("the interval does not cover the bias of the reward model")
                : estimate;
    }

    static Estimate of(
            OffPolicyEstimator estimator,
            LoggedRows rows,
            Support support,
            RowTerms terms,
            IntervalMethod shown,
            Map<IntervalMethod, Interval> intervals) {
        double clipped = estimator.clippedMass(rows);
        List<String> warnings = new ArrayList<>(support.warnings());
        if (clipped > MUCH_CLIPPED) {
            warnings.add("clipping cut off much of the weight: clippedMass=" + clipped);
        }
        Interval interval = intervals.get(shown);
        return new Estimate(
                estimator.name(),
                terms.mean(),
                terms.standardError(),
                interval.lower(),
                interval.upper(),
                support.effectiveSampleSize(),
                support.maximumWeight(),
                clipped,
                rows.size(),
                warnings,
                intervals);
    }

    Estimate named(String other) {
        return new Estimate(
                other,
                value,
                standardError,
                lower,
                upper,
                effectiveSampleSize,
                maximumWeight,
                clippedMass,
                rows,
                warnings,
                intervals);
    }

    Estimate withWarning(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Estimate(
                name,
                value,
                standardError,
                lower,
                upper,
                effectiveSampleSize,
                maximumWeight,
                clippedMass,
                rows,
                more,
                intervals);
    }
}
