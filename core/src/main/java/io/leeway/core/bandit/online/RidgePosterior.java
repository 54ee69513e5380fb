package io.leeway.core.bandit.online;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ridge regression kept up to date row by row: A = lambda I + sum x x', b = sum y x, by the Cholesky factor of A. A rank-one
 * update of the factor is backward stable, unlike one of the inverse. O(width^2) per call. Not thread-safe.
 *
 * @see "Golub and Van Loan, Matrix Computations, 4th edition, 2013, section 6.5.4"
 */
final class RidgePosterior {
    private final double lambda;
    private int width;
    /** Column j of the lower factor from its diagonal down: factor[j][i - j] = L[i][j]. */
    private double[][] factor = new double[0][];

    private double[] moment = new double[0];
    private double[] weights = new double[0];
    private double[] work = new double[0];

    RidgePosterior(double lambda) {
        this.lambda = lambda;
    }

    int width() {
        return width;
    }

    /** Predicted value for a row; columns beyond those learned from have weight 0. */
    double mean(double[] row) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += weights[i] * row[i];
        }
        return sum;
    }

    /** x' inverse(A) x. */
    double variance(double[] row, int columns) {
        double sum = 0;
        for (int i = width; i < columns; i++) {
            sum += row[i] * row[i] / lambda;
        }
        System.arraycopy(row, 0, work, 0, width);
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            double y = work[j] / column[0];
            sum += y * y;
            for (int i = j + 1; i < width; i++) {
                work[i] -= y * column[i - j];
            }
        }
        return sum;
    }

    /** The value at a row of weights drawn from the posterior with covariance scale^2 inverse(A). */
    double sample(double[] row, int columns, double scale, RandomGenerator random) {
        return mean(row) + scale * Math.sqrt(variance(row, columns)) * random.nextGaussian();
    }

    void learn(double[] row, int columns, double value) {
        grow(columns);
        System.arraycopy(row, 0, work, 0, width);
        update(work);
        for (int i = 0; i < width; i++) {
            moment[i] += value * row[i];
        }
        solve();
    }

    private void update(double[] x) {
        for (int j = 0; j < width; j++) {
            if (x[j] != 0) {
                double[] column = factor[j];
                double root = Math.hypot(column[0], x[j]);
                double cosine = root / column[0];
                double sine = x[j] / column[0];
                column[0] = root;
                for (int i = j + 1; i < width; i++) {
                    double updated = (column[i - j] + sine * x[i]) / cosine;
                    x[i] = cosine * x[i] - sine * updated;
                    column[i - j] = updated;
                }
            }
        }
    }

    /** weights = inverse(L') inverse(L) moment. */
    private void solve() {
        System.arraycopy(moment, 0, work, 0, width);
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            double y = work[j] / column[0];
            work[j] = y;
            for (int i = j + 1; i < width; i++) {
                work[i] -= y * column[i - j];
            }
        }
        for (int j = width - 1; j >= 0; j--) {
            double[] column = factor[j];
            double sum = work[j];
            for (int i = j + 1; i < width; i++) {
                sum -= column[i - j] * weights[i];
            }
            weights[j] = sum / column[0];
        }
    }

    private void grow(int columns) {
        if (columns <= width) {
            return;
        }
        factor = Arrays.copyOf(factor, columns);
        for (int j = 0; j < columns; j++) {
            factor[j] = j < width ? Arrays.copyOf(factor[j], columns - j) : new double[columns - j];
            if (j >= width) {
                factor[j][0] = Math.sqrt(lambda);
            }
        }
        moment = Arrays.copyOf(moment, columns);
        weights = Arrays.copyOf(weights, columns);
        work = Arrays.copyOf(work, columns);
        width = columns;
    }
}
