package io.leeway.core.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Wasserstein's (earth mover's) distance of order 1 of two samples: the area between their distribution functions, in the unit of
 * the values. Its p-value comes from seeded permutations. Thread-safe: no state.
 *
 * @see "Ramdas, Garcia Trillos and Cuturi, On Wasserstein two-sample testing, Entropy 19(2), 2017, 47"
 */
public final class Wasserstein {
    private static final long SEED = 20_260_301L;

    private Wasserstein() {}

    public static double distance(double[] reference, double[] current) {
        return distance(Quantiles.of(reference), Quantiles.of(current));
    }

    public static double distance(Quantiles reference, Quantiles current) {
        int n = reference.size();
        int m = current.size();
        if (n == 0 || m == 0) {
            throw new IllegalArgumentException("must be >= 1 value each: reference=" + n + " current=" + m);
        }
        double area = 0;
        int i = 0;
        int j = 0;
        double before = Math.min(reference.get(0), current.get(0));
        while (i < n || j < m) {
            boolean first = j == m || (i < n && reference.get(i) <= current.get(j));
            double value = first ? reference.get(i) : current.get(j);
            area += Math.abs((double) i / n - (double) j / m) * (value - before);
            before = value;
            if (first) {
                i++;
            } else {
                j++;
            }
        }
        return area;
    }

    /** The distance in standard deviations of the reference; 0 for equal samples, infinite only if the reference is constant. */
    public static double normalised(double[] reference, double[] current) {
        double distance = distance(reference, current);
        return distance == 0 ? 0 : distance / deviation(reference);
    }

    /**
     * Tests by permutation: the share of random divisions of the pooled values that lie at least as far apart.
     *
     * @param permutations at least 1; the p-value is a multiple of 1 / (permutations + 1)
     */
    public static TestResult test(double[] reference, double[] current, int permutations) {
        if (permutations < 1) {
            throw new IllegalArgumentException("must be >= 1: permutations=" + permutations);
        }
        double observed = distance(reference, current);
        double[] pooled = Arrays.copyOf(reference, reference.length + current.length);
        System.arraycopy(current, 0, pooled, reference.length, current.length);
        Arrays.sort(pooled);
        boolean[] inCurrent = new boolean[pooled.length];
        Arrays.fill(inCurrent, 0, current.length, true);
        SplittableRandom random = new SplittableRandom(SEED);
        int asFar = 0;
        for (int p = 0; p < permutations; p++) {
            shuffle(inCurrent, random);
            asFar += distance(pooled, inCurrent, reference.length, current.length) >= observed * (1 - 1e-12) ? 1 : 0;
        }
        return new TestResult(observed, (asFar + 1.0) / (permutations + 1));
    }

    private static double distance(double[] pooled, boolean[] inCurrent, int n, int m) {
        double area = 0;
        double difference = 0;
        for (int i = 0; i + 1 < pooled.length; i++) {
            difference += inCurrent[i] ? -1.0 / m : 1.0 / n;
            area += Math.abs(difference) * (pooled[i + 1] - pooled[i]);
        }
        return area;
    }

    private static void shuffle(boolean[] marks, SplittableRandom random) {
        for (int i = marks.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            boolean mark = marks[i];
            marks[i] = marks[j];
            marks[j] = mark;
        }
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
