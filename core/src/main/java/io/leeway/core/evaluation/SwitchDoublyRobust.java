package io.leeway.core.evaluation;

/**
 * Doubly robust where the weight is at most the threshold, the reward model alone beyond it.
 *
 * @see "Wang, Agarwal and Dudik, Optimal and adaptive off-policy evaluation in contextual bandits, ICML 2017"
 */
record SwitchDoublyRobust(double threshold) implements ReweightedDoublyRobust {
    SwitchDoublyRobust {
        ReweightedDoublyRobust.requirePositive("threshold", threshold);
    }

    @Override
    public String name() {
        return "switch-dr@" + Slope.text(threshold);
    }

    @Override
    public double used(double weight) {
        return weight <= threshold ? weight : 0;
    }
}
