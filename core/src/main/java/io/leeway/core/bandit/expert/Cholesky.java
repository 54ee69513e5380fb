package io.leeway.core.bandit.expert;

/**
 * Positive definite matrices of {@code n} rows, one row after the other. Stateless.
 *
 * @see "Golub and Van Loan, Matrix Computations, 4th edition, 2013, section 4.2"
 */
public final class Cholesky {
    private Cholesky() {}

    /**
     * The transposed inverse of the lower factor C (matrix = C C'): an upper triangle M with M' matrix M = identity. So M times a vector
     * of independent standard normals has the inverse of the matrix as covariance. Reads the lower triangle.
     */
    public static double[] inverseFactor(double[] matrix, int n) {
        double[] factor = factor(matrix, n);
        double[] inverse = new double[n * n];
        for (int c = 0; c < n; c++) {
            int line = c * n;
            inverse[line + c] = 1 / factor[line + c];
            for (int i = c + 1; i < n; i++) {
                double sum = 0;
                for (int k = c; k < i; k++) {
                    sum += factor[i * n + k] * inverse[line + k];
                }
                inverse[line + i] = -sum / factor[i * n + i];
            }
        }
        return inverse;
    }

    /** The lower factor; reads the lower triangle. */
    private static double[] factor(double[] matrix, int n) {
        double[] factor = matrix.clone();
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            double pivot = Math.sqrt(Math.max(factor[j * n + j], Double.MIN_NORMAL));
            factor[j * n + j] = pivot;
            for (int i = j + 1; i < n; i++) {
                factor[i * n + j] /= pivot;
                column[i] = factor[i * n + j];
            }
            for (int i = j + 1; i < n; i++) {
                double scale = column[i];
                int line = i * n;
                for (int k = j + 1; k <= i; k++) {
                    factor[line + k] -= scale * column[k];
                }
            }
        }
        return factor;
    }

    /** Replaces the matrix, of which the lower triangle is read, by its inverse. */
    static void invert(double[] matrix, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
        for (int p = 0; p < n; p++) {
            int pivotLine = p * n;
            double scale = 1 / matrix[pivotLine + p];
            for (int j = 0; j < n; j++) {
                matrix[pivotLine + j] *= scale;
            }
            matrix[pivotLine + p] = scale;
            for (int i = 0; i < n; i++) {
                if (i == p) {
                    continue;
                }
                int line = i * n;
                double factor = matrix[line + p];
                if (factor == 0) {
                    continue;
                }
                matrix[line + p] = 0;
                for (int j = 0; j < n; j++) {
                    matrix[line + j] -= factor * matrix[pivotLine + j];
                }
            }
        }
    }
}
