package io.leeway.core.bakeoff;

import io.leeway.core.features.Situation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A stream whose actions trade places at a step: from there on each earns what another one earned before, so that every best
 * action learned is wrong. Needs all actions to be eligible in every situation.
 */
public final class ChangingStream implements RewardedStream {
    private final RewardedStream stream;
    private final int change;
    private final int[] places;

    /**
     * Draws the new places: a permutation that leaves no action where it was.
     *
     * @param change the first step of the changed world
     */
    public ChangingStream(RewardedStream stream, int change, RandomGenerator random) {
        int actions = stream.actions().size();
        if (actions < 2) {
            throw new IllegalArgumentException("must be >= 2: actions=" + actions);
        }
        if (change < 0 || change > stream.steps()) {
            throw new IllegalArgumentException("must be in [0, " + stream.steps() + "]: change=" + change);
        }
        this.stream = stream;
        this.change = change;
        this.places = cycle(actions, random);
    }

    /** A permutation of one cycle (Sattolo's algorithm), which leaves nothing in its place. */
    private static int[] cycle(int size, RandomGenerator random) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            permutation[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int swapped = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swapped;
        }
        return permutation;
    }

    @Override
    public int steps() {
        return stream.steps();
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
        Situation situation = stream.situation(step);
        if (situation.size() != places.length) {
            throw new IllegalArgumentException("must be all " + places.length
                    + " actions for them to trade places: step=" + step + ", actions=" + situation.size());
        }
        return situation;
    }

    @Override
    public double reward(int step, int action) {
        return stream.reward(step, place(step, action));
    }

    @Override
    public double expectedReward(int step, int action) {
        return stream.expectedReward(step, place(step, action));
    }

    private int place(int step, int action) {
        return step < change ? action : places[action];
    }
}
