package io.leeway.core.evaluation;

import java.util.List;

/**
 * An estimator of a policy's mean reward from rows that another policy logged. Immutable.
 *
 * <p>Unbiased where the logs support the policy (or nearly so): ips, snips, dr, sndr, mtr. Biased on purpose, to be less noisy: cips,
 * switch-dr, dr-os, and dm, which is as good as its reward model.
 *
 * @see "Dudik, Erhan, Langford and Li, Doubly robust policy evaluation and optimization, Statistical Science 29, 2014, 485-511"
 */
public sealed interface OffPolicyEstimator
        permits DirectMethod,
                InversePropensity,
                SelfNormalised,
                ClippedInversePropensity,
                DoublyRobust,
                SelfNormalisedDoublyRobust,
                ReweightedDoublyRobust,
                RegressedDoublyRobust {
    String name();

    /** True if it needs the columns qA and qPi. */
    boolean needsRewardModel();

    /** Fits what the estimator takes from all rows together, such as the mean weight, and returns each row's term. */
    Term fit(LoggedRows rows);

    /** The weight that is used in the place of an importance weight; less for those that clip, switch or shrink. */
    default double used(double weight) {
        return weight;
    }

    /** True if the mean of the terms is not the policy's value, however many rows there are. */
    default boolean biased() {
        return false;
    }

    /**
     * Estimates with a normal interval of the given confidence around this estimator's own expectation.
     *
     * @param confidence in (0, 1), such as 0.95
     * @throws InsufficientSupportException below the minimum
     */
    default Estimate estimate(LoggedRows rows, double confidence, Minimum minimum) {
        minimum.require(rows);
        if (needsRewardModel()) {
            rows.requireRewardModel();
        }
        RowTerms terms = RowTerms.of(fit(rows).all(rows));
        Interval normal = terms.normal(confidence);
        return Estimate.of(this, rows, terms, normal);
    }

    /** With 95 percent confidence and the default minimum. */
    default Estimate estimate(LoggedRows rows) {
        return estimate(rows, 0.95, Minimum.DEFAULT);
    }

    /** Share of the importance weight that clipping, switching or shrinking took away, in [0, 1]. */
    default double clippedMass(LoggedRows rows) {
        double all = 0;
        double kept = 0;
        for (int i = 0; i < rows.size(); i++) {
            all += rows.weight(i);
            kept += used(rows.weight(i));
        }
        return all == 0 ? 0 : Math.max(0, 1 - kept / all);
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

    /**
     * Inverse propensity scoring with clipped weights.
     *
     * @param maximumWeight importance weights are cut to this, greater than 0
     */
    static OffPolicyEstimator clipped(double maximumWeight) {
        return new ClippedInversePropensity(maximumWeight);
    }

    static OffPolicyEstimator doublyRobust() {
        return new DoublyRobust();
    }

    static OffPolicyEstimator selfNormalisedDoublyRobust() {
        return new SelfNormalisedDoublyRobust();
    }

    /**
     * Doubly robust up to a weight.
     *
     * @param threshold rows of a larger weight are left to the reward model, greater than 0
     */
    static OffPolicyEstimator switchDoublyRobust(double threshold) {
        return new SwitchDoublyRobust(threshold);
    }

    /**
     * Doubly robust with optimistic shrinkage.
     *
     * @param lambda the smaller, the more large weights shrink, greater than 0
     */
    static OffPolicyEstimator shrunkDoublyRobust(double lambda) {
        return new ShrunkDoublyRobust(lambda);
    }

    static OffPolicyEstimator regressedDoublyRobust() {
        return new RegressedDoublyRobust();
    }

    /** Those without a setting that the rows' columns allow, and clipping at its default. */
    static List<OffPolicyEstimator> allFor(LoggedRows rows) {
        List<OffPolicyEstimator> all = List.of(
                inversePropensity(),
                selfNormalised(),
                clipped(ClippedInversePropensity.DEFAULT_MAXIMUM_WEIGHT),
                directMethod(),
                doublyRobust(),
                selfNormalisedDoublyRobust(),
                regressedDoublyRobust());
        return all.stream()
                .filter(estimator -> rows.hasRewardModel() || !estimator.needsRewardModel())
                .toList();
    }
}
