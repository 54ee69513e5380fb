package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;

/**
 * How far the rewards of each action scatter around what was predicted: where they scatter more, more tries are needed before
 * an action is known to be bad. Not thread-safe.
 */
final class Noise {
    /** Feedbacks of an action over which squares are averaged. */
    private static final int MEMORY = 200;

    private double[] squares = {};
    private int[] counts = {};

    /** The standard deviation of an action's scaled rewards around what was predicted, at least 1: what 0 and 1 never exceed. */
    double deviation(int arm) {
        return arm < 0 || arm >= counts.length ? 1 : Math.max(1, Math.sqrt(squares[arm]));
    }

    /** @param error the scaled reward less what was predicted */
    void learn(int arm, double error) {
        if (arm >= counts.length) {
            squares = Arrays.copyOf(squares, arm + 1);
            counts = Arrays.copyOf(counts, arm + 1);
        }
        counts[arm] = Math.min(MEMORY, counts[arm] + 1);
        squares[arm] += (error * error - squares[arm]) / counts[arm];
    }

    void exchange(Memento state) {
        squares = state.numbers(squares);
        counts = state.wholes(counts);
    }
}
