package io.leeway.core.bandit;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** Goodness of fit of counts to probabilities, by commons-math's distribution. */
final class ChiSquareOfCounts {
    private ChiSquareOfCounts() {}

    /** Probability of a deviation at least this large; impossible categories must have no counts. */
    static double pValue(long[] counts, double[] probabilities) {
        long draws = 0;
        for (long count : counts) {
            draws += count;
        }
        double statistic = 0;
        int possible = 0;
        for (int i = 0; i < counts.length; i++) {
            if (probabilities[i] > 0) {
                possible++;
                double expected = draws * probabilities[i];
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            } else if (counts[i] > 0) {
                return 0;
            }
        }
        return 1 - new ChiSquaredDistribution(possible - 1).cumulativeProbability(statistic);
    }
}
