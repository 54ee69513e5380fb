package io.leeway.core.promotion;

import java.util.Arrays;

/** Where squared errors are cut, from earlier ones: three standard deviations of normal errors, told by their median. */
final class ErrorCap {
    /** Nine variances in medians of squared normal errors. */
    private static final double MEDIANS = 20;

    private ErrorCap() {}

    /** @param squares at least one squared error of the reference */
    static double of(double[] squares) {
        double[] sorted = squares.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double mean = Arrays.stream(sorted).average().orElse(0);
        // Where most predictions are exact the median says nothing.
        return Math.max(Double.MIN_NORMAL, median > 0 ? MEDIANS * median : MEDIANS * mean);
    }
}
