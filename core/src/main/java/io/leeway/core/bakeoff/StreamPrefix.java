package io.leeway.core.bakeoff;

import io.leeway.core.features.Situation;
import java.util.List;

/** The first steps of a stream. */
public record StreamPrefix(RewardedStream stream, int steps) implements RewardedStream {
    public StreamPrefix {
        if (steps < 1 || steps > stream.steps()) {
            throw new IllegalArgumentException("must be in [1, " + stream.steps() + "]: steps=" + steps);
        }
    }

    @Override
    public int features() {
        return stream.features();
    }

    @Override
    public List<String> actions() {
        return stream.actions();
    }

    @Override
    public Situation situation(int step) {
        return stream.situation(step);
    }

    @Override
    public double reward(int step, int action) {
        return stream.reward(step, action);
    }

    @Override
    public double expectedReward(int step, int action) {
        return stream.expectedReward(step, action);
    }
}
