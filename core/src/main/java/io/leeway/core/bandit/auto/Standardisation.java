package io.leeway.core.bandit.auto;

import java.util.Arrays;

/**
 * Mean and standard deviation of each column over what came so far, and the statistics in use, which stay as they are until
 * {@link #refresh}. A missing value is NaN and stands at the mean. A column of 0 and 1 only is centred but keeps its scale:
 * a rare indicator at many standard deviations would outweigh all others. Not thread-safe.
 */
final class Standardisation {
    /** Standard deviations beyond which a column says no more. */
    private static final double CLIP = 6;
    /** Larger values would overflow when squared. */
    private static final double LARGEST = 1e100;

    private double[] count = {};
    private double[] mean = {};
    private double[] squares = {};
    private boolean[] measured = {};
    private double[] centre = {};
    private double[] rate = {};

    void observe(double[] row) {
        if (row.length > count.length) {
            grow(row.length);
        }
        for (int i = 0; i < row.length; i++) {
            if (!Double.isNaN(row[i])) {
                double value = bounded(row[i]);
                double delta = value - mean[i];
                count[i]++;
                mean[i] += delta / count[i];
                squares[i] += delta * (value - mean[i]);
                measured[i] |= value != 0 && value != 1;
            }
        }
    }

    /** Uses from now on what was observed. A constant column becomes 0. */
    void refresh() {
        centre = mean.clone();
        rate = new double[mean.length];
        for (int i = 0; i < rate.length; i++) {
            double deviation = Math.sqrt(squares[i] / Math.max(1, count[i]));
            boolean varies = deviation > 1e-12 * Math.abs(mean[i]) && deviation > Double.MIN_NORMAL;
            rate[i] = !varies ? 0 : measured[i] ? 1 / deviation : 1;
        }
    }

    /** The number of columns in use. */
    int width() {
        return centre.length;
    }

    void apply(double[] row, double[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < rate.length; i++) {
            if (!Double.isNaN(row[i])) {
                double distance = (bounded(row[i]) - centre[i]) * rate[i];
                into[i] = Math.max(-CLIP, Math.min(CLIP, distance));
            }
        }
    }

    private void grow(int width) {
        count = Arrays.copyOf(count, width);
        mean = Arrays.copyOf(mean, width);
        squares = Arrays.copyOf(squares, width);
        measured = Arrays.copyOf(measured, width);
    }

    private static double bounded(double value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }
}
