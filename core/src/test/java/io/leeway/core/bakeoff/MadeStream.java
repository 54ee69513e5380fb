package io.leeway.core.bakeoff;

import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.List;

/** A stream whose rewards are a function of step and action. */
record MadeStream(List<String> actions, int steps, Rewards rewards, Runnable whenLookedAt) implements RewardedStream {
    interface Rewards {
        double of(int step, int action);
    }

    static MadeStream of(List<String> actions, int steps, Rewards rewards, Runnable whenLookedAt) {
        return new MadeStream(actions, steps, rewards, whenLookedAt);
    }

    @Override
    public int features() {
        return 1;
    }

    @Override
    public Situation situation(int step) {
        whenLookedAt.run();
        return Situation.of(SparseVector.dense(step), actions);
    }

    @Override
    public double reward(int step, int action) {
        return rewards.of(step, action);
    }
}
