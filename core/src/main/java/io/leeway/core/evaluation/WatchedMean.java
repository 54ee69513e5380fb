package io.leeway.core.evaluation;

import java.util.Map;

/** The plain twin of {@link BettingSequence} for one claimed mean: multiplies as the values come. O(1) per value. */
final class WatchedMean implements MeanSequence {
    private final double claimed;
    private final double[] logs = new double[Bets.COUNT];

    WatchedMean(double claimed) {
        this.claimed = claimed;
    }

    @Override
    public void add(double value) {
        for (int bet = 0; bet < logs.length; bet++) {
            logs[bet] += claimed > 0
                    ? Math.log1p(Bets.share(bet) * (value / claimed - 1))
                    : value > 0 ? Double.POSITIVE_INFINITY : 0;
        }
    }

    @Override
    public double logCapital(double mean) {
        if (Math.abs(mean - claimed) > 1e-12 * Math.max(1, Math.abs(claimed))) {
            throw new IllegalArgumentException("must be the watched mean " + claimed + ": mean=" + mean);
        }
        return Bets.logOfMixture(logs);
    }

    /** What is to be saved needs an answer for every mean, which this has not. */
    @Override
    public Map<String, Object> toJson() {
        throw new UnsupportedOperationException("must not be saved: a sequence that watches one mean=" + claimed);
    }
}
