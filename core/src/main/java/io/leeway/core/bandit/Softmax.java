package io.leeway.core.bandit;

/**
 * Boltzmann exploration: probability proportional to exp(score / temperature). Far worse actions can underflow to 0; a floor
 * keeps them possible.
 *
 * @param temperature greater than 0, same unit as the scores; the smaller, the greedier
 * @see "Sutton and Barto, Reinforcement Learning: An Introduction, 2nd edition, 2018, section 2.8"
 */
public record Softmax(double temperature) implements Exploration {
    public static final double DEFAULT_TEMPERATURE = 0.1;

    public Softmax {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("must be > 0: temperature=" + temperature);
        }
    }

    @Override
    public double[] probabilities(double[] scores) {
        double best = Scores.best(scores);
        double[] probabilities = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            // Relative to the best, so that nothing overflows and at least one term is 1.
            probabilities[i] = Math.exp((scores[i] - best) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
