package io.leeway.core.evaluation;

/** Doubly robust with large weights made smaller, which is biased on purpose. */
sealed interface ReweightedDoublyRobust extends OffPolicyEstimator permits SwitchDoublyRobust, ShrunkDoublyRobust {
    @Override
    default boolean needsRewardModel() {
        return true;
    }

    @Override
    default boolean biased() {
        return true;
    }

    @Override
    default Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> qPi + used(weight) * (reward - qA);
    }

    static void requirePositive(String name, double setting) {
        if (!(setting > 0)) {
            throw new IllegalArgumentException("must be > 0: " + name + "=" + setting);
        }
    }
}
