package io.leeway.core.evaluation;

/**
 * Self-normalised inverse propensity scoring: sum w r / sum w. A little biased, less noisy, never outside the rewards' range. The
 * terms are those of the ratio's linearisation.
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
    public Term fit(LoggedRows rows) {
        double weights = 0;
        double weighted = 0;
        for (int i = 0; i < rows.size(); i++) {
            weights += rows.weight(i);
            weighted += rows.weight(i) * rows.reward(i);
        }
        if (weights == 0) {
            throw InsufficientSupportException.noWeight(rows.size());
        }
        double value = weighted / weights;
        double meanWeight = weights / rows.size();
        return (weight, reward, qA, qPi) -> value + weight * (reward - value) / meanWeight;
    }
}
