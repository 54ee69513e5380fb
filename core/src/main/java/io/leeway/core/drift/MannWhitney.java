package io.leeway.core.drift;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * Mann and Whitney's rank-sum test, two-sided: does one sample tend to larger values? Normal approximation with corrections for
 * ties and continuity; exact for small samples without ties, as SciPy does by default. Thread-safe: no state.
 *
 * @see "Mann and Whitney, On a test of whether one of two random variables is stochastically larger, Annals of Mathematical
 *     Statistics 18, 1947, 50-60"
 */
public final class MannWhitney {
    /** Exact while one sample is at most this large and there are no ties. */
    static final int EXACT_UP_TO = 8;

    private MannWhitney() {}

    /** The statistic is U of the reference: pairs in which the reference is larger, ties counting half. */
    public static TestResult test(double[] reference, double[] current) {
        Quantiles a = Quantiles.of(reference);
        Quantiles b = Quantiles.of(current);
        double u = statistic(a, b);
        double ties = ties(a, b);
        if (ties == 0 && Math.min(a.size(), b.size()) <= EXACT_UP_TO) {
            return new TestResult(u, exact(u, a.size(), b.size()));
        }
        return new TestResult(u, normal(u, ties, a.size(), b.size()));
    }

    /** Effect size: the chance that a current value exceeds a reference value, ties counting half; 0.5 is no effect. */
    public static double superiority(double u, double n, double m) {
        return 1 - u / (n * m);
    }

    static double statistic(Quantiles a, Quantiles b) {
        double u = 0;
        int less = 0;
        int upTo = 0;
        for (int i = 0; i < a.size(); i++) {
            while (less < b.size() && b.get(less) < a.get(i)) {
                less++;
            }
            upTo = Math.max(upTo, less);
            while (upTo < b.size() && b.get(upTo) == a.get(i)) {
                upTo++;
            }
            u += less + (upTo - less) / 2.0;
        }
        return u;
    }

    /** Sum of t^3 - t over the groups of equal values. */
    private static double ties(Quantiles a, Quantiles b) {
        double[] all = Arrays.copyOf(a.toArray(), a.size() + b.size());
        System.arraycopy(b.toArray(), 0, all, a.size(), b.size());
        Arrays.sort(all);
        double sum = 0;
        int from = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[from]) {
                double t = i - from;
                sum += t * t * t - t;
                from = i;
            }
        }
        return sum;
    }

    private static double normal(double u, double ties, double n, double m) {
        double all = n + m;
        double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
        if (!(variance > 0)) {
            return 1;
        }
        double distance = Math.max(u, n * m - u) - n * m / 2 - 0.5;
        return Math.min(1, Erf.erfc(distance / Math.sqrt(2 * variance)));
    }

    /** Twice the share of the orders with a U at least this extreme, by counting partitions. */
    private static double exact(double u, int n, int m) {
        int k = Math.min(n, m);
        int other = Math.max(n, m);
        // ways[j][s]: orders in which the first j of the smaller sample exceed s values of the larger one in sum.
        double[][] ways = new double[k + 1][k * other + 1];
        ways[0][0] = 1;
        for (int value = 0; value <= other; value++) {
            for (int j = 1; j <= k; j++) {
                for (int s = value; s <= k * other; s++) {
                    ways[j][s] += ways[j - 1][s - value];
                }
            }
        }
        int extreme = (int) Math.round(Math.max(u, (double) n * m - u));
        double tail = Arrays.stream(ways[k], extreme, k * other + 1).sum();
        return Math.min(1, 2 * tail / Arrays.stream(ways[k]).sum());
    }
}
