package io.leeway.core.drift;

import java.util.Arrays;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Two-sample Kolmogorov-Smirnov test, two-sided. The p-value is exact (for values without ties; with ties it errs towards no
 * alarm) while the product of the sizes is at most {@link #EXACT_UP_TO}, else asymptotic. Thread-safe: no state.
 *
 * @see "Hodges, The significance probability of the Smirnov two-sample test, Arkiv foer Matematik 3, 1958, 469-486"
 */
public final class KolmogorovSmirnov {
    /** Exact p-values cost one step per pair of values; beyond this the asymptotic ones are right to some percent. */
    public static final long EXACT_UP_TO = 250_000;

    private KolmogorovSmirnov() {}

    /** Tests two samples of finite values, at least one each. */
    public static TestResult test(double[] reference, double[] current) {
        double statistic = statistic(Quantiles.of(reference), Quantiles.of(current));
        return new TestResult(statistic, pValue(statistic, reference.length, current.length));
    }

    /** Largest distance of the two distribution functions, in [0, 1]. */
    public static double statistic(Quantiles reference, Quantiles current) {
        int n = reference.size();
        int m = current.size();
        if (n == 0 || m == 0) {
            throw new IllegalArgumentException("must be >= 1 value each: reference=" + n + " current=" + m);
        }
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < n && j < m) {
            double value = Math.min(reference.get(i), current.get(j));
            while (i < n && reference.get(i) == value) {
                i++;
            }
            while (j < m && current.get(j) == value) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / n - (double) j / m));
        }
        return largest;
    }

    /** Probability of a statistic at least this large when nothing has changed. */
    public static double pValue(double statistic, long n, long m) {
        return n * m <= EXACT_UP_TO ? exact(statistic, (int) n, (int) m) : asymptotic(statistic, n, m);
    }

    /**
     * Exact, by walking the lattice of merge orders: the probability that a random order of the pooled values reaches the
     * statistic anywhere on its way.
     */
    public static double exact(double statistic, int n, int m) {
        // Distances are multiples of 1 / (n m); half a step below the statistic makes the comparison safe from
        // rounding.
        double limit = statistic - 0.5 / ((double) n * m);
        if (limit <= 0) {
            return 1;
        }
        // Only the band around the diagonal is walked, a share of about twice the statistic; outside of it all is
        // reached.
        double[] reached = new double[m + 1];
        Arrays.fill(reached, 1);
        int low = 0;
        int high = -1;
        for (int i = 0; i <= n; i++) {
            while (high < m && (double) (high + 1) / m - (double) i / n < limit) {
                high++;
            }
            while ((double) i / n - (double) low / m >= limit) {
                reached[low] = 1;
                low++;
            }
            for (int j = low; j <= high; j++) {
                double up = i == 0 ? 0 : reached[j] * i;
                double left = j == 0 ? 0 : reached[j - 1] * j;
                reached[j] = i + j == 0 ? 0 : (up + left) / (i + j);
            }
        }
        return Math.min(1, reached[m]);
    }

    /**
     * Asymptotic in the difference of the samples only: the exact one-sample distribution for nm / (n + m) values, as SciPy's
     * {@code ks_2samp(method="asymp")}. Slower and a little closer than {@link #asymptotic}.
     */
    public static double oneSample(double statistic, double n, double m) {
        int size = (int) Math.rint(n * m / (n + m));
        if (size < 1) {
            return 1;
        }
        double square = size * statistic * statistic;
        if (square >= (size <= 140 ? 4 : 2.2)) {
            return Math.min(1, 2 * oneSided(statistic, size)); // Both sides at once are rarer than rounding.
        }
        if (size > 140 && size * Math.pow(statistic, 1.5) > 1.4) {
            return 1 - KolmogorovOneSample.approximately(statistic, size);
        }
        return 1 - KolmogorovOneSample.cdf(statistic, size);
    }

    /** Birnbaum and Tingey's formula for the one-sided distance of n values. */
    private static double oneSided(double distance, int n) {
        double sum = 0;
        for (int j = 0; j <= (int) Math.floor(n * (1 - distance)); j++) {
            double at = distance + (double) j / n;
            double chance = 1 - at <= 0 ? (j == n ? 0 : Double.NEGATIVE_INFINITY) : (n - j) * Math.log1p(-at);
            sum += Math.exp(CombinatoricsUtils.binomialCoefficientLog(n, j) + chance + (j - 1) * Math.log(at));
        }
        return distance * sum;
    }

    /** Kolmogorov's limit distribution: 2 sum over k of (-1)^(k-1) exp(-2 k^2 lambda^2). */
    public static double asymptotic(double statistic, double n, double m) {
        double lambda = statistic * Math.sqrt(n * m / (n + m));
        if (lambda < 0.2) {
            return 1; // 1 - 1e-12 at most, and the series converges slowly here.
        }
        double sum = 0;
        for (int k = 1; k <= 100; k++) {
            double term = Math.exp(-2.0 * k * k * lambda * lambda);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17 * sum) {
                break;
            }
        }
        return Math.max(0, Math.min(1, 2 * sum));
    }

    /** The statistic of two plain samples. */
    public static double statistic(double[] reference, double[] current) {
        return statistic(Quantiles.of(reference), Quantiles.of(current));
    }
}
