package io.leeway.core.bandit.online;

import io.leeway.core.features.SparseVector;
import java.util.Arrays;

/**
 * Turns sparse vectors into rows of columns: column 0 is the constant 1, the others come as features do. Where asked for, numbers are
 * standardised by the mean and standard deviation of what was learned from so far, clipped to +-8; a missing number stands at
 * its mean. Not thread-safe.
 */
final class DenseRows {
    private static final double CLIP = 8;

    private final boolean standardise;
    private final Columns columns;
    private double[] row = new double[16];
    private double[] count = new double[16];
    private double[] mean = new double[16];
    private double[] squares = new double[16];

    DenseRows(boolean standardise, int maximumColumns) {
        this.standardise = standardise;
        this.columns = new Columns(1, maximumColumns);
    }

    int width() {
        return columns.count();
    }

    /** The row of a vector as of now; valid until the next call. Features never learned from are left out. */
    double[] row(SparseVector vector) {
        Arrays.fill(row, 0, width(), 0);
        row[0] = 1;
        for (int i = 0; i < vector.size(); i++) {
            int column = columns.find(vector.index(i));
            if (column >= 0) {
                row[column] += value(vector, i, column);
            }
        }
        return row;
    }

    /** Takes the vector into columns and statistics. */
    void observe(SparseVector vector) {
        for (int i = 0; i < vector.size(); i++) {
            int column = columns.claim(vector.index(i));
            if (column >= row.length) {
                int capacity = 2 * column;
                row = Arrays.copyOf(row, capacity);
                count = Arrays.copyOf(count, capacity);
                mean = Arrays.copyOf(mean, capacity);
                squares = Arrays.copyOf(squares, capacity);
            }
            if (standardise && vector.isNumber(i)) {
                double delta = vector.value(i) - mean[column];
                count[column]++;
                mean[column] += delta / count[column];
                squares[column] += delta * (vector.value(i) - mean[column]);
            }
        }
    }

    private double value(SparseVector vector, int entry, int column) {
        double value = vector.value(entry);
        if (!standardise || !vector.isNumber(entry)) {
            return value;
        }
        double deviation = Math.sqrt(squares[column] / Math.max(1, count[column]));
        if (!(deviation > 0)) {
            return 0;
        }
        return Math.max(-CLIP, Math.min(CLIP, (value - mean[column]) / deviation));
    }
}
