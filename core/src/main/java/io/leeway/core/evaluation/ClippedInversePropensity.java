package io.leeway.core.evaluation;

/**
 * Inverse propensity scoring with weights cut to a maximum: the mean of min(w, maximum) r. Biased towards 0 by what was cut,
 * which is reported as clipped mass.
 *
 * @see "Bottou et al., Counterfactual reasoning and learning systems, JMLR 14, 2013, 3207-3260"
 */
record ClippedInversePropensity(double maximumWeight) implements OffPolicyEstimator {
    static final double DEFAULT_MAXIMUM_WEIGHT = 20;

    ClippedInversePropensity {
        if (!(maximumWeight > 0)) {
            throw new IllegalArgumentException("must be > 0: maximumWeight=" + maximumWeight);
        }
    }

    @Override
    public String name() {
        return "cips@" + Slope.text(maximumWeight);
    }

    @Override
    public boolean needsRewardModel() {
        return false;
    }

    @Override
    public boolean biased() {
        return true;
    }

    @Override
    public double used(double weight) {
        return Math.min(maximumWeight, weight);
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> used(weight) * reward;
    }
}
