package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.special.Erf;

/**
 * Two-sample Anderson-Darling test: like Kolmogorov-Smirnov, but it adds up the squared distances of the distribution functions,
 * weighted so that the tails count as much as the middle. It sees a shift of the mean with about two thirds of the values that
 * Kolmogorov-Smirnov needs, and a change of spread with fewer still. Ties take mid-ranks. Thread-safe: no state.
 *
 * <p>When nothing has changed the statistic has mean 1 and is a sum of chi-square variables, whose weights are known without ties,
 * and with ties are the eigenvalues of the ranks' correlations; the p-value is the saddle-point approximation to that sum.
 *
 * @see "Scholz and Stephens, K-sample Anderson-Darling tests, Journal of the American Statistical Association 82, 1987, 918-924"
 * @see "Kuonen, Saddlepoint approximations for distributions of quadratic forms in normal variables, Biometrika 86, 1999, 929-935"
 */
public final class AndersonDarling {
    /** With ties that hold more than this share of the values each, weights are computed; else the continuous ones are right. */
    private static final double HEAVY_TIE = 0.01;

    private static final int GROUPS = 48;
    private static final double[] CONTINUOUS = continuous(100);

    private AndersonDarling() {}

    public static TestResult test(double[] reference, double[] current) {
        return test(Quantiles.of(reference), Quantiles.of(current));
    }

    /** Tests two samples, at least one value each. */
    public static TestResult test(Quantiles reference, Quantiles current) {
        return test(reference, current, 1);
    }

    /** @param dependence how many values in a row count for one independent value, at least 1 */
    public static TestResult test(Quantiles reference, Quantiles current, double dependence) {
        if (reference.size() == 0 || current.size() == 0) {
            throw new IllegalArgumentException(
                    "must be >= 1 value each: reference=" + reference.size() + " current=" + current.size());
        }
        Pool pool = Pool.of(reference, current);
        if (pool.ties.length < 2) {
            return new TestResult(0, 1);
        }
        double statistic = pool.statistic() / dependence;
        return new TestResult(statistic, pValue(statistic, pool.weights()));
    }

    /** The pooled values: how many there are of each different one, and how many of those are of the reference. */
    private record Pool(int[] ties, int[] reference, int n, int m) {
        private static Pool of(Quantiles a, Quantiles b) {
            int[] ties = new int[a.size() + b.size()];
            int[] ofA = new int[ties.length];
            int groups = 0;
            int i = 0;
            int j = 0;
            while (i < a.size() || j < b.size()) {
                double value = j == b.size() || (i < a.size() && a.get(i) <= b.get(j)) ? a.get(i) : b.get(j);
                int fromA = i;
                int fromB = j;
                while (i < a.size() && a.get(i) == value) {
                    i++;
                }
                while (j < b.size() && b.get(j) == value) {
                    j++;
                }
                ofA[groups] = i - fromA;
                ties[groups++] = i - fromA + j - fromB;
            }
            return new Pool(Arrays.copyOf(ties, groups), Arrays.copyOf(ofA, groups), a.size(), b.size());
        }

        private double statistic() {
            double all = (double) n + m;
            double below = 0;
            double belowInReference = 0;
            double sum = 0;
            for (int g = 0; g < ties.length; g++) {
                double middle = below + ties[g] / 2.0;
                double distance = all * (belowInReference + reference[g] / 2.0) - n * middle;
                sum += ties[g] * distance * distance / (middle * (all - middle) - all * ties[g] / 4.0);
                below += ties[g];
                belowInReference += reference[g];
            }
            return (all - 1) / all * sum / ((double) n * m);
        }

        private double[] weights() {
            double heaviest = Arrays.stream(ties).max().orElse(0) / ((double) n + m);
            return heaviest <= HEAVY_TIE ? CONTINUOUS : eigenvalues(grouped());
        }

        /** Neighbours joined until no more than about {@link #GROUPS} groups are left; heavy ones stay by themselves. */
        private double[] grouped() {
            if (ties.length <= GROUPS) {
                return Arrays.stream(ties).mapToDouble(tie -> tie).toArray();
            }
            double most = ((double) n + m) / (GROUPS / 2.0);
            List<Double> groups = new ArrayList<>();
            double open = 0;
            for (int tie : ties) {
                if (open > 0 && open + tie > most) {
                    groups.add(open);
                    open = 0;
                }
                open += tie;
            }
            groups.add(open);
            return groups.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Weights of the chi-square variables: eigenvalues of the correlations of the groups' mid-ranks, weighted by size. */
    private static double[] eigenvalues(double[] ties) {
        double all = Arrays.stream(ties).sum();
        double[] middle = new double[ties.length];
        double[] variance = new double[ties.length];
        double below = 0;
        for (int g = 0; g < ties.length; g++) {
            middle[g] = below + ties[g] / 2;
            variance[g] = middle[g] * (all - middle[g]) - all * ties[g] / 4;
            below += ties[g];
        }
        double[][] correlations = new double[ties.length][ties.length];
        for (int g = 0; g < ties.length; g++) {
            correlations[g][g] = ties[g] / all;
            for (int h = g + 1; h < ties.length; h++) {
                double correlation = middle[g] * (all - middle[h]) / Math.sqrt(variance[g] * variance[h]);
                correlations[g][h] = correlation * Math.sqrt(ties[g] * ties[h]) / all;
                correlations[h][g] = correlations[g][h];
            }
        }
        return Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(correlations, false)).getRealEigenvalues())
                .filter(value -> value > 1e-9)
                .toArray();
    }

    private static double[] continuous(int terms) {
        double[] weights = new double[terms];
        for (int i = 1; i <= terms; i++) {
            weights[i - 1] = 1.0 / (i * (i + 1.0));
        }
        return weights;
    }

    /** Chance that the sum of chi-square variables with these weights, which sum to at most 1, exceeds the statistic. */
    static double pValue(double statistic, double[] weights) {
        // What the weights lack of 1 is the mean of many small ones.
        double value = statistic - (1 - Arrays.stream(weights).sum());
        double mean = Arrays.stream(weights).sum();
        if (value <= 0) {
            return 1;
        }
        // The formula has a removable singularity at the mean: a line over it is right to 1e-4.
        double nearest = 0.02;
        if (Math.abs(value - mean) < nearest) {
            double low = saddlePoint(mean - nearest, weights);
            double high = saddlePoint(mean + nearest, weights);
            return low + (high - low) * (value - mean + nearest) / (2 * nearest);
        }
        return Math.max(0, Math.min(1, saddlePoint(value, weights)));
    }

    private static double saddlePoint(double value, double[] weights) {
        double largest = Arrays.stream(weights).max().orElseThrow();
        double high = 0.5 / largest;
        double low = -1;
        while (slope(low, weights) > value) {
            low *= 2;
        }
        for (int i = 0; i < 200 && high - low > 1e-14 * Math.abs(high); i++) {
            double middle = (low + high) / 2;
            if (slope(middle, weights) > value) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double at = low;
        double generating = 0;
        double curvature = 0;
        for (double weight : weights) {
            double rest = 1 - 2 * at * weight;
            generating -= 0.5 * Math.log(rest);
            curvature += 2 * weight * weight / (rest * rest);
        }
        double w = Math.signum(at) * Math.sqrt(Math.max(0, 2 * (at * value - generating)));
        double v = at * Math.sqrt(curvature);
        return 0.5 * Erf.erfc((w + Math.log(v / w) / w) / Math.sqrt(2));
    }

    private static double slope(double at, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight / (1 - 2 * at * weight);
        }
        return sum;
    }
}
