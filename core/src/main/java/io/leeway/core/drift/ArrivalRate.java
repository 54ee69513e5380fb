package io.leeway.core.drift;

import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * Whether events come more often, or less, than they did: counts per time bucket (each as long as the others) before and after.
 * Counts may scatter more than Poisson's; the test allows for as much as they do, and for no less than Poisson's. Immutable.
 *
 * @param before events per bucket
 * @param after events per bucket
 * @param dispersion variance of a count over its mean, at least 1: 1 for events that come by chance
 * @param statistic standardised difference, positive for more
 * @see "McCullagh and Nelder, Generalized Linear Models, 2nd edition, Chapman and Hall 1989, section 6.2 (quasi-likelihood)"
 */
public record ArrivalRate(double before, double after, double dispersion, double statistic, double pValue) {
    /** Compares the counts of at least one bucket each. */
    public static ArrivalRate test(long[] before, long[] after) {
        if (before.length == 0 || after.length == 0) {
            throw new IllegalArgumentException(
                    "must be >= 1 bucket each: before=" + before.length + " after=" + after.length);
        }
        double first = mean(before);
        double second = mean(after);
        double pooled = (first * before.length + second * after.length) / (before.length + after.length);
        if (pooled == 0) {
            return new ArrivalRate(0, 0, 1, 0, 1);
        }
        double freedom = before.length + after.length - 2.0;
        double scatter = freedom < 1 ? 1 : (squares(before, first) + squares(after, second)) / freedom / pooled;
        double dispersion = Math.max(1, scatter);
        // Square roots of counts scatter alike at every rate.
        double error = Math.sqrt(dispersion * (1.0 / before.length + 1.0 / after.length)) / 2;
        double z = (Math.sqrt(second + 0.25 * dispersion / after.length)
                        - Math.sqrt(first + 0.25 * dispersion / before.length))
                / error;
        // A scatter that was estimated from few buckets is uncertain itself.
        double p = scatter > 1
                ? 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(z))
                : Erf.erfc(Math.abs(z) / Math.sqrt(2));
        return new ArrivalRate(first, second, dispersion, z, Math.min(1, p));
    }

    /** Such as "decisions: 120 -> 35.5 per PT1M". */
    public String words(String name, String bucket) {
        return String.format(Locale.ROOT, "%s: %.4g -> %.4g per %s", name, before, after, bucket);
    }

    private static double mean(long[] counts) {
        double sum = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("must be >= 0: count=" + count);
            }
            sum += count;
        }
        return sum / counts.length;
    }

    private static double squares(long[] counts, double mean) {
        double sum = 0;
        for (long count : counts) {
            sum += (count - mean) * (count - mean);
        }
        return sum;
    }
}
