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
        return "cips@" + maximumWeight;
    }

    @Override
    public boolean needsRewardModel() {
        return false;
    }

    @Override
    public Estimate estimate(LoggedRows rows, double confidence, Minimum minimum) {
        minimum.require(rows);
        double all = 0;
        double kept = 0;
        for (int i = 0; i < rows.size(); i++) {
            all += rows.weight(i);
            kept += Math.min(maximumWeight, rows.weight(i));
        }
        double clippedMass = all == 0 ? 0 : Math.max(0, 1 - kept / all);
        return RowTerms.of(rows, i -> Math.min(maximumWeight, rows.weight(i)) * rows.reward(i))
                .estimate(name(), rows, confidence, clippedMass);
    }
}
