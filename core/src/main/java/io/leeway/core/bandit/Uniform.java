package io.leeway.core.bandit;

import java.util.Arrays;

/** Every action with the same probability, whatever the scores. */
public record Uniform() implements Exploration {
    @Override
    public double[] probabilities(double[] scores) {
        Scores.best(scores);
        double[] probabilities = new double[scores.length];
        Arrays.fill(probabilities, 1.0 / scores.length);
        return probabilities;
    }
}
