package io.leeway.core.drift;

import java.util.Arrays;

/**
 * How many values of a series count for one independent value, because neighbours resemble each other: 1 + 2 (sum of the
 * autocorrelations of the ranks), summed while pairs of them are positive. Tests that assume independence must be told, or they
 * take every swing of the weather for a change. Thread-safe: no state.
 *
 * @see "Geyer, Practical Markov chain Monte Carlo, Statistical Science 7, 1992, 473-483"
 */
public final class SerialDependence {
    /** Products that may be spent on one series; long series have more than enough lags by then. */
    private static final long PRODUCTS = 40_000_000;

    /** Correlations below so many standard errors are none. */
    private static final double SIGNIFICANT = 4;

    private static final int MINIMUM = 50;

    private SerialDependence() {}

    /** At least 1; 1 for independent values, for few values, and for a series that is merely sorted. */
    public static double of(double[] series) {
        int n = series.length;
        if (n < MINIMUM || sorted(series)) {
            return 1;
        }
        double[] ranks = centredRanks(series);
        double variance = 0;
        for (double rank : ranks) {
            variance += rank * rank;
        }
        if (variance == 0 || correlation(ranks, 1, variance) < SIGNIFICANT / Math.sqrt(n)) {
            return 1;
        }
        double sum = correlation(ranks, 1, variance);
        long lags = Math.min(n / 4, PRODUCTS / n);
        for (int lag = 2; lag + 1 <= lags; lag += 2) {
            double pair = correlation(ranks, lag, variance) + correlation(ranks, lag + 1, variance);
            if (pair <= 0) {
                break;
            }
            sum += pair;
        }
        return Math.max(1, 1 + 2 * sum);
    }

    private static double correlation(double[] ranks, int lag, double variance) {
        double sum = 0;
        for (int i = lag; i < ranks.length; i++) {
            sum += ranks[i] * ranks[i - lag];
        }
        return sum / variance;
    }

    private static boolean sorted(double[] series) {
        boolean rises = true;
        boolean falls = true;
        for (int i = 1; i < series.length; i++) {
            rises &= series[i] >= series[i - 1];
            falls &= series[i] <= series[i - 1];
        }
        return rises || falls;
    }

    private static double[] centredRanks(double[] series) {
        double[] sorted = series.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[series.length];
        for (int i = 0; i < ranks.length; i++) {
            int low = firstAtLeast(sorted, series[i]);
            int high = firstAtLeast(sorted, Math.nextUp(series[i]));
            ranks[i] = (low + high) / 2.0 - series.length / 2.0;
        }
        return ranks;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
