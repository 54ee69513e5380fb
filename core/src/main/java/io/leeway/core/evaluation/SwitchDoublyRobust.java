package io.leeway.core.evaluation;

/**
 * Doubly robust where the weight is at most the threshold, the reward model alone beyond it.
 *
 * @see "Wang, Agarwal and Dudik, Optimal and adaptive off-policy evaluation in contextual bandits, ICML 2017"
 */
record SwitchDoublyRobust(double threshold) implements OffPolicyEstimator {
    SwitchDoublyRobust {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("must be > 0: threshold=" + threshold);
        }
    }

    @Override
    public String name() {
        return "switch-dr@" + Slope.text(threshold);
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public boolean biased() {
        return true;
    }

    @Override
    public double used(double weight) {
        return weight <= threshold ? weight : 0;
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> qPi + used(weight) * (reward - qA);
    }
}
