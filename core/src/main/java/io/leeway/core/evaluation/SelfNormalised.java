package io.leeway.core.evaluation;

/**
 * Self-normalised inverse propensity scoring: sum w r / sum w. A little biased, less noisy, never outside the rewards' range. The
 * standard error is that of the ratio's linearisation.
 *
 * @see "Swaminathan and Joachims, The self-normalized estimator for counterfactual learning, NeurIPS 2015"
 */
record SelfNormalised() implements OffPolicyEstimator {
    @Override
    public String name() {
        return "snips";
    }

    @Override
    public boolean needsRewardModel() {
        return false;
    }

    @Override
    public Estimate estimate(LoggedRows rows, double confidence, Minimum minimum) {
        minimum.require(rows);
        double weighted = 0;
        double weights = 0;
        for (int i = 0; i < rows.size(); i++) {
            weighted += rows.weight(i) * rows.reward(i);
            weights += rows.weight(i);
        }
        if (weights == 0) {
            throw new InsufficientSupportException(rows.size(), 0, minimum);
        }
        double value = weighted / weights;
        double meanWeight = weights / rows.size();
        return RowTerms.of(rows, i -> value + rows.weight(i) * (rows.reward(i) - value) / meanWeight)
                .estimate(name(), rows, confidence, 0);
    }
}
