package io.leeway.core.bandit;

/** The action taken, by its index among the eligible ones, and the probability with which it was taken. */
public record Choice(int action, double probability) {
    public Choice {
        if (action < 0) {
            throw new IllegalArgumentException("must be >= 0: action=" + action);
        }
        if (!(probability > 0 && probability <= 1)) { // also rejects NaN
            throw new IllegalArgumentException("must be in (0, 1]: probability=" + probability);
        }
    }
}
