package io.leeway.core.bandit;

import java.util.Arrays;

/**
 * Weighted least squares with an L2 penalty on the weights but not on the bias, by the normal equations and a Cholesky
 * decomposition. O(rows x width^2) over the columns that are not 0. Thread-safe: no state.
 *
 * @see "Hoerl and Kennard, Ridge regression: Biased estimation for nonorthogonal problems, Technometrics 12, 1970, 55-67"
 */
public final class RidgeRegression {
    private RidgeRegression() {}

    /** Weights and bias. Immutable. */
    public static final class LinearFit {
        private final double[] weights;
        private final double bias;

        private LinearFit(double[] weights, double bias) {
            this.weights = weights;
            this.bias = bias;
        }

        public double bias() {
            return bias;
        }

        public int width() {
            return weights.length;
        }

        public double weight(int column) {
            return weights[column];
        }

        /** A copy that the caller owns. */
        public double[] weights() {
            return weights.clone();
        }

        public double predict(float[] columns) {
            double sum = bias;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * columns[i];
            }
            return sum;
        }
    }

    /**
     * Minimises the sum over rows of w (y - x b - bias)^2 plus lambda times the sum of b^2.
     *
     * @param x rows of equal width, at least one
     * @param weights of the rows, not negative and not all 0; null for 1 each
     * @param lambda not negative; 0 needs columns of full rank
     */
    public static LinearFit fit(float[][] x, double[] y, double[] weights, double lambda) {
        requireValid(x, y, weights, lambda);
        int width = x[0].length;
        double[][] normal = new double[width + 1][];
        for (int i = 0; i <= width; i++) {
            normal[i] = new double[i + 1];
        }
        double[] right = new double[width + 1];
        int[] used = new int[width];
        for (int row = 0; row < x.length; row++) {
            double weight = weights == null ? 1 : weights[row];
            if (weight > 0) {
                accumulate(x[row], y[row], weight, normal, right, used);
            }
        }
        for (int i = 0; i < width; i++) {
            normal[i][i] += lambda;
        }
        decompose(normal, lambda);
        solve(normal, right);
        return new LinearFit(Arrays.copyOf(right, width), right[width]);
    }

    /** Adds one row to the lower triangle of X'WX (the last row is the bias) and to X'Wy. */
    private static void accumulate(float[] x, double y, double weight, double[][] normal, double[] right, int[] used) {
        int width = x.length;
        int count = 0;
        for (int i = 0; i < width; i++) {
            if (x[i] != 0) {
                used[count++] = i;
            }
        }
        double[] last = normal[width];
        for (int a = 0; a < count; a++) {
            int i = used[a];
            double factor = weight * x[i];
            double[] line = normal[i];
            for (int b = 0; b <= a; b++) {
                line[used[b]] += factor * x[used[b]];
            }
            last[i] += factor;
            right[i] += factor * y;
        }
        last[width] += weight;
        right[width] += weight * y;
    }

    /** Lower-triangular Cholesky factor in place. */
    private static void decompose(double[][] matrix, double lambda) {
        for (int i = 0; i < matrix.length; i++) {
            double[] line = matrix[i];
            double original = line[i];
            for (int j = 0; j < i; j++) {
                double[] other = matrix[j];
                double sum = line[j];
                for (int k = 0; k < j; k++) {
                    sum -= line[k] * other[k];
                }
                line[j] = sum / other[j];
            }
            double pivot = original;
            for (int k = 0; k < i; k++) {
                pivot -= line[k] * line[k];
            }
            if (!(pivot > 1e-13 * original)) {
                throw new IllegalArgumentException(
                        "must have columns of full rank, or a larger penalty: column=" + i + " lambda=" + lambda);
            }
            line[i] = Math.sqrt(pivot);
        }
    }

    private static void solve(double[][] factor, double[] right) {
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < i; k++) {
                right[i] -= factor[i][k] * right[k];
            }
            right[i] /= factor[i][i];
        }
        for (int i = right.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < right.length; k++) {
                right[i] -= factor[k][i] * right[k];
            }
            right[i] /= factor[i][i];
        }
    }

    private static void requireValid(float[][] x, double[] y, double[] weights, double lambda) {
        if (x.length == 0) {
            throw new IllegalArgumentException("must be >= 1: rows=0");
        }
        if (y.length != x.length || (weights != null && weights.length != x.length)) {
            throw new IllegalArgumentException("must be of one length: x=" + x.length + " y=" + y.length + " weights="
                    + (weights == null ? "none" : weights.length));
        }
        if (!(lambda >= 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("must be >= 0: lambda=" + lambda);
        }
        for (int row = 0; row < x.length; row++) {
            if (x[row].length != x[0].length) {
                throw new IllegalArgumentException(
                        "must be " + x[0].length + ": width=" + x[row].length + " row=" + row);
            }
            if (!Double.isFinite(y[row])) {
                throw new IllegalArgumentException("must be finite: y=" + y[row] + " row=" + row);
            }
            if (weights != null && !(weights[row] >= 0 && Double.isFinite(weights[row]))) {
                throw new IllegalArgumentException("must be >= 0: weight=" + weights[row] + " row=" + row);
            }
        }
    }
}
