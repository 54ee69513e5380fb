package io.leeway.core.evaluation;

import java.util.Map;

/**
 * Evidence, after every value, that the mean of values not below 0 is larger than a claimed one. Not thread-safe.
 *
 * <p>If the claim holds, the capital is a non-negative supermartingale that starts at 1: that it ever reaches c has probability of at
 * most 1 / c, whenever and however often it is looked at (Ville). Values need no upper bound.
 */
interface MeanSequence {
    /**
     * Adds a value.
     *
     * @param value finite, not negative
     */
    void add(double value);

    /** Log of the capital that was won against the claim that the mean is at most {@code mean}; falls with {@code mean}. */
    double logCapital(double mean);

    /** What {@link Values#restore} makes the same sequence of. */
    Map<String, Object> toJson();

    /** log(sum exp), for terms that may be infinite. */
    static double logSum(double[] logs) {
        double max = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            max = Math.max(max, log);
        }
        if (Double.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - max);
        }
        return max + Math.log(sum);
    }
}
