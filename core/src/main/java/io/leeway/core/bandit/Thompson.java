package io.leeway.core.bandit;

/**
 * Thompson sampling by counted votes: each opinion of a model votes for its best action, and the shares of the votes are the
 * probabilities. Choosing by them is choosing by one opinion that is drawn, with a probability that is known. A model of one opinion is
 * followed greedily.
 *
 * @see "Thompson, On the likelihood that one unknown probability exceeds another, Biometrika 25, 1933, 285-294"
 * @see "Osband, Blundell, Pritzel and Van Roy, Deep exploration via bootstrapped DQN, NeurIPS 2016"
 */
public record Thompson() implements Exploration {
    private static final Greedy ONE = new Greedy();

    @Override
    public boolean asksForDoubt() {
        return true;
    }

    @Override
    public double[] probabilities(double[] scores) {
        return ONE.probabilities(scores);
    }

    @Override
    public double[] sampledProbabilities(double[][] samples) {
        double[] shares = new double[samples[0].length];
        for (double[] sample : samples) {
            double[] vote = ONE.probabilities(sample);
            for (int i = 0; i < shares.length; i++) {
                shares[i] += vote[i] / samples.length;
            }
        }
        return shares;
    }
}
