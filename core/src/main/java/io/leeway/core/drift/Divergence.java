package io.leeway.core.drift;

import java.util.Arrays;

/**
 * Distances of two distributions over the same classes that people ask for by name: the population stability index and Jensen and
 * Shannon's distance. Both have the chi-square distribution, scaled, when nothing has changed, hence a p-value. Thread-safe: no
 * state.
 *
 * @see "Yurdakul, Statistical properties of the population stability index, Western Michigan University, 2018"
 * @see "Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37, 1991, 145-151"
 */
public final class Divergence {
    /** Classes that a column of numbers is divided into: tenths of the reference. */
    public static final int CLASSES = 10;

    /** A smaller share counts as this one, since the index is infinite for an empty class. */
    static final double SMALLEST_SHARE = 1e-4;

    private Divergence() {}

    /** Sum of (q - p) ln(q / p); below 0.1 is usually called stable, above 0.25 shifted, whatever the size of the samples. */
    public static double stabilityIndex(double[] reference, double[] current) {
        double sum = 0;
        for (int c = 0; c < reference.length; c++) {
            double p = Math.max(SMALLEST_SHARE, reference[c]);
            double q = Math.max(SMALLEST_SHARE, current[c]);
            sum += (q - p) * Math.log(q / p);
        }
        return sum;
    }

    /** Square root of the divergence with logarithms to base 2, in [0, 1]. */
    public static double jensenShannon(double[] reference, double[] current) {
        double sum = 0;
        for (int c = 0; c < reference.length; c++) {
            double middle = (reference[c] + current[c]) / 2;
            sum += term(reference[c], middle) + term(current[c], middle);
        }
        return Math.sqrt(Math.max(0, sum / 2 / Math.log(2)));
    }

    /** Chance of an index at least this large when nothing has changed. */
    public static double stabilityPValue(double index, int classes, double n, double m) {
        return ChiSquare.pValue(index * n * m / (n + m), classes - 1);
    }

    /** Chance of a distance at least this large when nothing has changed. */
    public static double jensenShannonPValue(double distance, int classes, double n, double m) {
        return ChiSquare.pValue(8 * Math.log(2) * distance * distance * n * m / (n + m), classes - 1);
    }

    /** Shares of each class; the counts must not all be 0. */
    public static double[] shares(long[] counts) {
        double all = Arrays.stream(counts).sum();
        if (all <= 0) {
            throw new IllegalArgumentException("must be >= 1: counts=" + all);
        }
        return Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
    }

    /** Shares of the values in the tenths of the reference, whose outer classes are open. */
    public static double[] shares(Quantiles reference, Quantiles values) {
        double[] edges = new double[CLASSES - 1];
        for (int c = 1; c < CLASSES; c++) {
            edges[c - 1] = reference.at((double) c / CLASSES);
        }
        long[] counts = new long[CLASSES];
        int c = 0;
        for (int i = 0; i < values.size(); i++) {
            while (c < edges.length && values.get(i) >= edges[c]) {
                c++;
            }
            counts[c]++;
        }
        return shares(counts);
    }

    private static double term(double share, double middle) {
        return share <= 0 ? 0 : share * Math.log(share / middle);
    }
}
