package io.leeway.core.evaluation;

/**
 * Doubly robust with its correction divided by the mean weight: mean qPi + sum w (r - qA) / sum w. The terms are those of the
 * ratio's linearisation.
 *
 * @see "Thomas and Brunskill, Data-efficient off-policy policy evaluation for reinforcement learning, ICML 2016 (weighted DR)"
 */
record SelfNormalisedDoublyRobust() implements OffPolicyEstimator {
    @Override
    public String name() {
        return "sndr";
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public Term fit(LoggedRows rows) {
        double weights = 0;
        double residuals = 0;
        for (int i = 0; i < rows.size(); i++) {
            weights += rows.weight(i);
            residuals += rows.weight(i) * (rows.reward(i) - rows.qA(i));
        }
        if (weights == 0) {
            throw InsufficientSupportException.noWeight(rows.size());
        }
        double correction = residuals / weights;
        double meanWeight = weights / rows.size();
        return (weight, reward, qA, qPi) -> qPi + correction + weight * (reward - qA - correction) / meanWeight;
    }
}
