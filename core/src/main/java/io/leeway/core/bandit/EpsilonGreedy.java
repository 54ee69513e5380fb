package io.leeway.core.bandit;

/**
 * The best action, shared among ties, with probability 1 - epsilon; any action with epsilon.
 *
 * @param epsilon in [0, 1]
 * @see "Sutton and Barto, Reinforcement Learning: An Introduction, 2nd edition, 2018, section 2.2"
 */
public record EpsilonGreedy(double epsilon) implements Exploration {
    public static final double DEFAULT_EPSILON = 0.1;

    public EpsilonGreedy {
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: epsilon=" + epsilon);
        }
    }

    @Override
    public double[] probabilities(double[] scores) {
        double best = Scores.best(scores);
        int ties = 0;
        for (double score : scores) {
            if (score == best) {
                ties++;
            }
        }
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = epsilon / scores.length + (scores[i] == best ? (1 - epsilon) / ties : 0);
        }
        return probabilities;
    }
}
