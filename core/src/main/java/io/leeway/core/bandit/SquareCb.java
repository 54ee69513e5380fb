package io.leeway.core.bandit;

/**
 * Inverse gap weighting: an action whose score lies {@code gap} below the best gets 1 / (K + gamma * gap / scale); the best
 * gets the rest, shared among ties.
 *
 * @param gamma not negative; the larger, the greedier (0 is uniform)
 * @param scale greater than 0: the width of the reward range, which makes gamma free of units
 * @see "Abe and Long, Associative reinforcement learning using linear probabilistic concepts, ICML 1999"
 * @see "Foster and Rakhlin, Beyond UCB: Optimal and efficient contextual bandits with regression oracles, ICML 2020"
 */
public record SquareCb(double gamma, double scale) implements Exploration {
    public static final double DEFAULT_GAMMA = 100;
    public static final double DEFAULT_SCALE = 1;

    public SquareCb {
        if (!(gamma >= 0 && Double.isFinite(gamma))) {
            throw new IllegalArgumentException("must be >= 0: gamma=" + gamma);
        }
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("must be > 0: scale=" + scale);
        }
    }

    @Override
    public double[] probabilities(double[] scores) {
        double best = Scores.best(scores);
        int count = scores.length;
        double[] probabilities = new double[count];
        double rest = 1;
        int ties = 0;
        for (int i = 0; i < count; i++) {
            if (scores[i] == best) {
                ties++;
            } else {
                // Bounded, since 0 times an infinite gap would be NaN.
                double gap = Math.min(Double.MAX_VALUE, (best - scores[i]) / scale);
                probabilities[i] = 1 / (count + gamma * gap);
                rest -= probabilities[i];
            }
        }
        for (int i = 0; i < count; i++) {
            if (scores[i] == best) {
                probabilities[i] = rest / ties;
            }
        }
        return probabilities;
    }
}
