package io.leeway.core.bandit.auto;

import java.util.Arrays;
import java.util.List;

/**
 * Brings columns to mean 0 and standard deviation 1 by rows seen, values far outside of a column's {@link Spread} being
 * bounded to it first. A missing value is NaN and stands at the mean. A column of 0 and 1 only is centred but keeps its scale:
 * a rare indicator at many standard deviations would outweigh all others. Not thread-safe.
 */
final class Standardisation {
    /** Standard deviations beyond which a column says no more. */
    private static final double CLIP = 6;
    /** Squares of larger values would overflow. */
    private static final double LARGEST = 1e100;

    private double[] centre = {};
    private double[] rate = {};

    /** The number of columns. */
    int width() {
        return centre.length;
    }

    /** Takes mean and deviation of every column from these rows. */
    void refresh(double[][] rows, int width) {
        centre = new double[width];
        rate = new double[width];
        double[] values = new double[rows.length];
        for (int column = 0; column < width; column++) {
            int count = 0;
            boolean indicator = true;
            for (double[] row : rows) {
                double value = row[column];
                if (!Double.isNaN(value)) {
                    values[count++] = bounded(value);
                    indicator &= value == 0 || value == 1;
                }
            }
            refresh(column, values, count, indicator);
        }
    }

    private void refresh(int column, double[] values, int count, boolean indicator) {
        Spread spread = Spread.of(values, count);
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double delta = spread.bound(values[i]) - mean;
            mean += delta / (i + 1);
            squares += delta * (spread.bound(values[i]) - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, count));
        // What differs from the mean by rounding only does not vary.
        boolean varies = deviation > 1e-12 * Math.abs(mean) && deviation > 1e-150;
        centre[column] = mean;
        rate[column] = !varies ? 0 : indicator ? 1 : 1 / deviation;
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

    private static double bounded(double value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }

    List<Double> centres() {
        return Arrays.stream(centre).boxed().toList();
    }

    List<Double> rates() {
        return Arrays.stream(rate).boxed().toList();
    }
}
