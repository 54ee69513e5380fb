package io.leeway.core.drift;

import org.apache.commons.math3.special.Gamma;

/**
 * Fisher's exact test that something is as frequent in one sample as in another, two-sided by doubling. Right for counts of any
 * size, where chi-square is not. Thread-safe: no state.
 *
 * @see "Fisher, On the interpretation of chi-square from contingency tables, Journal of the Royal Statistical Society 85, 1922, 87-94"
 */
public final class FisherExact {
    private FisherExact() {}

    /** Chance of counts at least this uneven, when {@code a} of {@code n} and {@code b} of {@code m} are alike. */
    public static double pValue(long a, long n, long b, long m) {
        if (a < 0 || b < 0 || a > n || b > m) {
            throw new IllegalArgumentException(
                    "must be 0 <= count <= size: a=" + a + " n=" + n + " b=" + b + " m=" + m);
        }
        if (n == 0 || m == 0 || a + b == 0 || a + b == n + m) {
            return 1;
        }
        boolean fewer = (double) a * m <= (double) b * n;
        long least = Math.max(0, a + b - m);
        long most = Math.min(n, a + b);
        double term = Math.exp(logChance(a, n, b, m));
        double sum = 0;
        // From the observed count outwards, each term from the one before, until nothing more comes.
        for (long i = a; fewer ? i >= least : i <= most; i += fewer ? -1 : 1) {
            sum += term;
            double j = (double) a + b - i;
            term *= fewer ? i * (m - j) / ((n - i + 1.0) * (j + 1)) : (n - i) * j / ((i + 1.0) * (m - j + 1));
            if (term < 1e-18 * sum) {
                break;
            }
        }
        return Math.min(1, 2 * sum);
    }

    private static double logChance(double a, double n, double b, double m) {
        return choose(n, a) + choose(m, b) - choose(n + m, a + b);
    }

    private static double choose(double n, double k) {
        return Gamma.logGamma(n + 1) - Gamma.logGamma(k + 1) - Gamma.logGamma(n - k + 1);
    }
}
