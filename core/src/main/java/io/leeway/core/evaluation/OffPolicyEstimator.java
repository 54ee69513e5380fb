package io.leeway.core.evaluation;

import java.util.List;

/**
 * An estimator of a policy's mean reward from rows that another policy logged. Intervals are normal, from the empirical
 * influence of each row. Immutable.
 *
 * @see "Dudik, Erhan, Langford and Li, Doubly robust policy evaluation and optimization, Statistical Science 29, 2014, 485-511"
 */
public sealed interface OffPolicyEstimator
        permits DirectMethod, InversePropensity, SelfNormalised, ClippedInversePropensity, DoublyRobust {
    String name();

    /** True if it needs the columns qA and qPi. */
    boolean needsRewardModel();

    /**
     * Estimates with an interval of the given confidence.
     *
     * @param confidence in (0, 1), such as 0.95
     * @throws InsufficientSupportException below the minimum
     */
    Estimate estimate(LoggedRows rows, double confidence, Minimum minimum);

    /** With 95 percent confidence and the default minimum. */
    default Estimate estimate(LoggedRows rows) {
        return estimate(rows, 0.95, Minimum.DEFAULT);
    }

    static OffPolicyEstimator directMethod() {
        return new DirectMethod();
    }

    static OffPolicyEstimator inversePropensity() {
        return new InversePropensity();
    }

    static OffPolicyEstimator selfNormalised() {
        return new SelfNormalised();
    }

    /** @param maximumWeight importance weights are cut to this, greater than 0 */
    static OffPolicyEstimator clipped(double maximumWeight) {
        return new ClippedInversePropensity(maximumWeight);
    }

    static OffPolicyEstimator doublyRobust() {
        return new DoublyRobust();
    }

    /** Every estimator that the rows' columns allow. */
    static List<OffPolicyEstimator> allFor(LoggedRows rows) {
        List<OffPolicyEstimator> all = List.of(
                inversePropensity(),
                selfNormalised(),
                clipped(ClippedInversePropensity.DEFAULT_MAXIMUM_WEIGHT),
                directMethod(),
                doublyRobust());
        return all.stream()
                .filter(estimator -> rows.hasRewardModel() || !estimator.needsRewardModel())
                .toList();
    }
}
