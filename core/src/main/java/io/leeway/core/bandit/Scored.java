package io.leeway.core.bandit;

import java.util.Optional;

/** What one policy made of one request: its scores and its distribution, captured together. Immutable. */
public final class Scored {
    private final double[] scores;
    private final Distribution distribution;

    Scored(double[] scoresOrNull, Distribution distribution) {
        this.scores = scoresOrNull;
        this.distribution = distribution;
    }

    /** Predicted rewards in the order of the actions, as a copy; empty without a model. */
    public Optional<double[]> scores() {
        return Optional.ofNullable(scores).map(double[]::clone);
    }

    public Distribution distribution() {
        return distribution;
    }

    /** Draws an action with its probability; {@code uniform} in [0, 1). */
    public Choice choose(double uniform) {
        return distribution.choose(uniform);
    }
}
