package io.leeway.core.bakeoff;

import io.leeway.core.features.Situation;
import java.util.List;

/** Situations in order, each with the reward that every eligible action would earn: what a policy is tried on. */
public interface RewardedStream {
    int steps();

    /** How many columns describe a situation. */
    int features();

    /** The ids of all actions of the stream; a situation may hold fewer. */
    List<String> actions();

    /** What the policy sees in this step, from 0. */
    Situation situation(int step);

    /**
     * What the choice of an action earns in this step.
     *
     * @param action index among the situation's actions
     */
    double reward(int step, int action);

    /** The mean of {@link #reward} where that is random, otherwise the same. */
    default double expectedReward(int step, int action) {
        return reward(step, action);
    }
}
