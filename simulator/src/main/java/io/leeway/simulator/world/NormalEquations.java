package io.leeway.simulator.world;

import java.util.Arrays;

/**
 * Least squares with a ridge: accumulates X'X and X'y, and solves (X'X + diag(ridge)) w = X'y by Cholesky. Reusable after
 * {@link #clear}. Not thread safe.
 */
final class NormalEquations {

    private final int size;
    private final double[][] gram;
    private final double[] moments;

    NormalEquations(int size) {
        this.size = size;
        this.gram = new double[size][size];
        this.moments = new double[size];
    }

    void clear() {
        for (double[] row : gram) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(moments, 0);
    }

    void add(double[] x, double y) {
        for (int i = 0; i < size; i++) {
            double xi = x[i];
            moments[i] += xi * y;
            for (int j = 0; j <= i; j++) {
                gram[i][j] += xi * x[j];
            }
        }
    }

    /** Adds to the diagonal at this place. */
    void ridge(int place, double amount) {
        gram[place][place] += amount;
    }

    /**
     * The solution; destroys what was accumulated.
     *
     * @throws IllegalStateException when the equations do not determine it
     */
    double[] solve() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = gram[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= gram[i][k] * gram[j][k];
                }
                if (i != j) {
                    gram[i][j] = sum / gram[j][j];
                } else if (sum > 0) {
                    gram[i][i] = Math.sqrt(sum);
                } else {
                    throw new IllegalStateException("must be positive definite: pivot=" + sum);
                }
            }
        }
        double[] solution = moments.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= gram[i][k] * solution[k];
            }
            solution[i] /= gram[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                solution[i] -= gram[k][i] * solution[k];
            }
            solution[i] /= gram[i][i];
        }
        return solution;
    }
}
