package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.math3.special.Gamma;

/**
 * Chi-square test that two rows of counts come from one distribution. Categories whose smaller expected count is below 5 are
 * pooled, since the approximation fails there. Thread-safe: no state.
 *
 * @see "Cochran, Some methods for strengthening the common chi-square tests, Biometrics 10, 1954, 417-451"
 */
public final class ChiSquare {
    static final double MINIMUM_EXPECTED = 5;

    private ChiSquare() {}

    /** Tests counts of the same categories in the same order, as they are. */
    public static TestResult test(long[] reference, long[] current) {
        if (reference.length != current.length) {
            throw new IllegalArgumentException(
                    "must be of one length: reference=" + reference.length + " current=" + current.length);
        }
        double allReference = sum(reference);
        double allCurrent = sum(current);
        if (allReference <= 0 || allCurrent <= 0) {
            throw new IllegalArgumentException(
                    "must be >= 1 count each: reference=" + allReference + " current=" + allCurrent);
        }
        double statistic = 0;
        int seen = 0;
        for (int i = 0; i < reference.length; i++) {
            double both = (double) reference[i] + current[i];
            if (both > 0) {
                seen++;
                double expectedReference = both * allReference / (allReference + allCurrent);
                double expectedCurrent = both * allCurrent / (allReference + allCurrent);
                statistic += square(reference[i] - expectedReference) / expectedReference
                        + square(current[i] - expectedCurrent) / expectedCurrent;
            }
        }
        return new TestResult(statistic, pValue(statistic, seen - 1));
    }

    /** The likelihood-ratio form (G) of the test of counts of the same categories in the same order. */
    public static TestResult likelihoodRatio(long[] reference, long[] current) {
        double allReference = sum(reference);
        double allCurrent = sum(current);
        if (reference.length != current.length || allReference <= 0 || allCurrent <= 0) {
            return test(reference, current); // which says what is wrong
        }
        double statistic = 0;
        int seen = 0;
        for (int i = 0; i < reference.length; i++) {
            double share = ((double) reference[i] + current[i]) / (allReference + allCurrent);
            seen += share > 0 ? 1 : 0;
            statistic += term(reference[i], share * allReference) + term(current[i], share * allCurrent);
        }
        return new TestResult(Math.max(0, statistic), pValue(statistic, seen - 1));
    }

    /** Cramer's V of a statistic: 0 for no association, 1 for counts that have no category in common. */
    public static double cramersV(double statistic, double all) {
        return Math.sqrt(Math.max(0, Math.min(1, statistic / all)));
    }

    private static double term(double observed, double expected) {
        return observed == 0 ? 0 : 2 * observed * Math.log(observed / expected);
    }

    /** The outcome after pooling, with the degrees of freedom that were left. */
    public record Pooled(double statistic, int degreesOfFreedom, double pValue, boolean pooled) {
        /** The same when so many values in a row count for one. */
        Pooled under(double dependence) {
            return dependence == 1
                    ? this
                    : new Pooled(
                            statistic / dependence,
                            degreesOfFreedom,
                            ChiSquare.pValue(statistic / dependence, degreesOfFreedom),
                            pooled);
        }
    }

    /** Tests counts by word, rare words pooled. */
    public static TestResult test(Map<String, Long> reference, Map<String, Long> current) {
        Pooled pooled = pooled(reference, current);
        return new TestResult(pooled.statistic, pooled.pValue);
    }

    /** Tests counts by word, rare words pooled. */
    public static Pooled pooled(Map<String, Long> reference, Map<String, Long> current) {
        double allReference =
                reference.values().stream().mapToLong(Long::longValue).sum();
        double allCurrent = current.values().stream().mapToLong(Long::longValue).sum();
        double smallerShare = Math.min(allReference, allCurrent) / (allReference + allCurrent);
        List<long[]> kept = new ArrayList<>();
        List<long[]> rare = new ArrayList<>();
        TreeSet<String> words = new TreeSet<>(reference.keySet());
        words.addAll(current.keySet());
        for (String word : words) {
            long[] pair = {reference.getOrDefault(word, 0L), current.getOrDefault(word, 0L)};
            (smallerShare * (pair[0] + pair[1]) >= MINIMUM_EXPECTED ? kept : rare).add(pair);
        }
        long[] pooled = {0, 0};
        rare.forEach(pair -> add(pooled, pair));
        // A pool that is itself too small joins the rarest category that is kept.
        if (smallerShare * (pooled[0] + pooled[1]) >= MINIMUM_EXPECTED || kept.isEmpty()) {
            kept.add(pooled);
        } else {
            kept.sort(Comparator.comparingLong(pair -> pair[0] + pair[1]));
            add(kept.get(0), pooled);
        }
        TestResult result = test(
                kept.stream().mapToLong(pair -> pair[0]).toArray(),
                kept.stream().mapToLong(pair -> pair[1]).toArray());
        return new Pooled(result.statistic(), kept.size() - 1, result.pValue(), !rare.isEmpty());
    }

    /** Probability of a chi-square value at least this large; 1 without degrees of freedom. */
    static double pValue(double statistic, int degreesOfFreedom) {
        if (degreesOfFreedom < 1 || statistic <= 0) {
            return 1;
        }
        return Math.max(0, Math.min(1, Gamma.regularizedGammaQ(degreesOfFreedom / 2.0, statistic / 2)));
    }

    private static void add(long[] sum, long[] pair) {
        sum[0] += pair[0];
        sum[1] += pair[1];
    }

    private static double sum(long[] counts) {
        double sum = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("must be >= 0: count=" + count);
            }
            sum += count;
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }
}
