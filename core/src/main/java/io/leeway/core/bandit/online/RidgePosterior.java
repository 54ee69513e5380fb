package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Bayesian ridge regression kept up to date row by row: A = lambda I + sum w x x', b = sum w y x, the weights' posterior mean
 * inverse(A) b and covariance noise^2 inverse(A). Kept is the Cholesky factor of A: its rank-one update is backward stable,
 * unlike one of the inverse. O(width^2) per call. Not thread-safe.
 *
 * <p>With a forgetting factor g each row's weight is multiplied by g per later row. The penalty is put back column by column
 * in turn, so that a direction which no row shows any more returns to the prior instead of to nothing.
 *
 * @see "Golub and Van Loan, Matrix Computations, 4th edition, 2013, section 6.5.4 (rank-one update of a factor)"
 * @see "Gay, Dynamically regularized fast RLS with application to echo cancellation, ICASSP 1996 (the penalty in turn)"
 */
final class RidgePosterior {
    private final double lambda;
    private final double forgetting;
    private int width;
    private int turn;

    /** Column j of the lower factor from its diagonal down: factor[j][i - j] = L[i][j]. */
    private double[][] factor = new double[0][];

    private double[] moment = new double[0];
    private double[] weights = new double[0];
    private double[] work = new double[0];
    private boolean stale;

    /**
     * @param lambda penalty, greater than 0
     * @param forgetting in (0, 1]; 1 forgets nothing
     */
    RidgePosterior(double lambda, double forgetting) {
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("must be > 0: lambda=" + lambda);
        }
        if (!(forgetting > 0 && forgetting <= 1)) {
            throw new IllegalArgumentException("must be in (0, 1]: forgetting=" + forgetting);
        }
        this.lambda = lambda;
        this.forgetting = forgetting;
    }

    int width() {
        return width;
    }

    /** The mean of the weights; the owner's array, as long as {@link #width}. */
    double[] weights() {
        if (stale) {
            System.arraycopy(moment, 0, weights, 0, width);
            forward(weights);
            backward(weights);
            stale = false;
        }
        return weights;
    }

    /** Predicted value of a row; columns beyond those learned from count as 0. */
    double mean(double[] row) {
        double[] mean = weights();
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += mean[i] * row[i];
        }
        return sum;
    }

    /**
     * x' inverse(A) x.
     *
     * @param columns of the row; those beyond {@link #width} have the prior's variance
     */
    double variance(double[] row, int columns) {
        double sum = 0;
        for (int i = width; i < columns; i++) {
            sum += row[i] * row[i] / lambda;
        }
        System.arraycopy(row, 0, work, 0, width);
        forward(work);
        for (int i = 0; i < width; i++) {
            sum += work[i] * work[i];
        }
        return sum;
    }

    /** Draws weights from the posterior with covariance scale^2 inverse(A). */
    void sample(double scale, RandomGenerator random, double[] draw) {
        double[] mean = weights();
        for (int i = 0; i < width; i++) {
            draw[i] = random.nextGaussian() * scale;
        }
        backward(draw);
        for (int i = 0; i < width; i++) {
            draw[i] += mean[i];
        }
    }

    /** @param weight importance, not negative */
    void learn(double[] row, int columns, double value, double weight) {
        grow(columns);
        if (forgetting < 1) {
            forget();
        }
        double root = Math.sqrt(weight);
        for (int i = 0; i < width; i++) {
            work[i] = root * row[i];
            moment[i] += weight * value * row[i];
        }
        update(work, 0);
        stale = true;
    }

    /** Makes the posterior mean what it is with these prior weights in place of 0. */
    void addPrior(double[] prior) {
        for (int i = 0; i < width; i++) {
            moment[i] += lambda * prior[i];
        }
        stale = true;
    }

    /**
     * Expresses the same data in other coordinates: column 0 is constant, z'[j] = a[j] z[j] + c[j] for the others. The penalty is
     * as before, in the new coordinates. O(width^3).
     */
    void transform(double[] a, double[] c) {
        double[][] gram = gram();
        double count = width == 0 ? 0 : gram[0][0];
        for (int i = width - 1; i > 0; i--) {
            for (int j = i; j > 0; j--) {
                gram[i][j] = a[i] * a[j] * gram[i][j]
                        + a[i] * c[j] * gram[i][0]
                        + c[i] * a[j] * gram[j][0]
                        + c[i] * c[j] * count;
            }
            moment[i] = a[i] * moment[i] + c[i] * moment[0];
        }
        for (int i = 1; i < width; i++) {
            gram[i][0] = a[i] * gram[i][0] + c[i] * count;
        }
        decompose(gram);
        stale = true;
    }

    /** A without the penalty, lower triangle. */
    private double[][] gram() {
        double[][] gram = new double[width][];
        for (int i = 0; i < width; i++) {
            gram[i] = new double[i + 1];
        }
        for (int k = 0; k < width; k++) {
            double[] column = factor[k];
            for (int i = k; i < width; i++) {
                double left = column[i - k];
                for (int j = k; j <= i; j++) {
                    gram[i][j] += left * column[j - k];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            gram[i][i] = Math.max(0, gram[i][i] - lambda);
        }
        return gram;
    }

    /** The factor of a lower triangle plus the penalty. */
    private void decompose(double[][] gram) {
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            for (int i = j; i < width; i++) {
                column[i - j] = gram[i][j];
            }
            column[0] += lambda;
        }
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            // Below the penalty is rounding: the matrix is never less than lambda I.
            double pivot = Math.sqrt(Math.max(lambda, column[0]));
            column[0] = pivot;
            for (int i = 1; i < column.length; i++) {
                column[i] /= pivot;
            }
            for (int k = j + 1; k < width; k++) {
                double[] other = factor[k];
                double left = column[k - j];
                for (int i = k; i < width; i++) {
                    other[i - k] -= left * column[i - j];
                }
            }
        }
    }

    private void forget() {
        double root = Math.sqrt(forgetting);
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            for (int i = 0; i < column.length; i++) {
                column[i] *= root;
            }
            moment[j] *= forgetting;
        }
        turn = (turn + 1) % width;
        Arrays.fill(work, 0, width, 0);
        // What a column loses of its penalty until it is its turn again.
        work[turn] = Math.sqrt(lambda * (1 - Math.pow(forgetting, width)));
        update(work, turn);
    }

    /** The factor of A + x x', where x is 0 before column {@code first}; overwrites x. */
    private void update(double[] x, int first) {
        for (int j = first; j < width; j++) {
            if (x[j] != 0) {
                double[] column = factor[j];
                double root = Math.hypot(column[0], x[j]);
                double cosine = root / column[0];
                double sine = x[j] / column[0];
                double inverse = 1 / cosine;
                column[0] = root;
                for (int i = 1; i < column.length; i++) {
                    double updated = (column[i] + sine * x[j + i]) * inverse;
                    x[j + i] = cosine * x[j + i] - sine * updated;
                    column[i] = updated;
                }
            }
        }
    }

    /** x = inverse(L) x. */
    private void forward(double[] x) {
        for (int j = 0; j < width; j++) {
            double[] column = factor[j];
            double y = x[j] / column[0];
            x[j] = y;
            if (y != 0) {
                for (int i = 1; i < column.length; i++) {
                    x[j + i] -= y * column[i];
                }
            }
        }
    }

    /** x = inverse(L') x. */
    private void backward(double[] x) {
        for (int j = width - 1; j >= 0; j--) {
            double[] column = factor[j];
            double sum = x[j];
            for (int i = 1; i < column.length; i++) {
                sum -= column[i] * x[j + i];
            }
            x[j] = sum / column[0];
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

    void exchange(Memento state) {
        width = state.whole(width);
        turn = state.whole(turn);
        int columns = state.length(factor.length);
        factor = state.reads() ? new double[columns][] : factor;
        for (int j = 0; j < columns; j++) {
            factor[j] = state.numbers(factor[j]);
        }
        moment = state.numbers(moment);
        weights = state.numbers(weights);
        stale = state.flag(stale);
        work = state.reads() ? new double[width] : work;
    }

    /** Writes the lower factor column by column, as that of a model of {@code columns}, which the prior fills. */
    void writeFactor(int columns, float[] into, int offset) {
        int at = offset;
        for (int j = 0; j < columns; j++) {
            for (int i = j; i < columns; i++) {
                boolean known = j < width && i < width;
                into[at++] = (float) (known ? factor[j][i - j] : i == j ? Math.sqrt(lambda) : 0);
            }
        }
    }
}
