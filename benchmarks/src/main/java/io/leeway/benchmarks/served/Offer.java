package io.leeway.benchmarks.served;

import io.leeway.core.features.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Ten actions to choose among.
 *
 * @param rewards what each of them would earn
 */
record Offer(Map<String, Object> context, List<Action> actions, double[] rewards) {
    static final int ACTIONS = 10;

    /** What the best one would have earned more. */
    double regret(int chosen) {
        return Arrays.stream(rewards).max().orElseThrow() - rewards[chosen];
    }
}
