package io.leeway.core.bandit;

/**
 * The action of the highest upper bound: mean of a model's opinions plus {@code beta} standard deviations of them; nothing else, so it
 * carries a floor unless a loop says otherwise in words. A model of one opinion is followed greedily.
 *
 * @param beta not negative; the larger, the more is tried
 * @see "Auer, Using confidence bounds for exploitation-exploration trade-offs, JMLR 3, 2002, 397-422"
 */
public record UpperBound(double beta) implements Exploration {
    public static final double DEFAULT_BETA = 1;

    private static final Greedy GREEDY = new Greedy();

    public UpperBound {
        if (!(beta >= 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("must be >= 0: beta=" + beta);
        }
    }

    @Override
    public boolean asksForDoubt() {
        return true;
    }

    @Override
    public double[] probabilities(double[] scores) {
        return GREEDY.probabilities(scores);
    }

    @Override
    public double[] sampledProbabilities(double[][] samples) {
        double[] bounds = new double[samples[0].length];
        for (int action = 0; action < bounds.length; action++) {
            double mean = 0;
            for (double[] sample : samples) {
                mean += sample[action] / samples.length;
            }
            double squares = 0;
            for (double[] sample : samples) {
                squares += (sample[action] - mean) * (sample[action] - mean);
            }
            bounds[action] = mean + beta * Math.sqrt(squares / samples.length);
        }
        return GREEDY.probabilities(bounds);
    }
}
