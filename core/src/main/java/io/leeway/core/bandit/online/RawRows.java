package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import java.util.Arrays;

/**
 * Turns sparse vectors into rows of columns with the values as they came: column 0 is the constant 1, the others come as
 * features do; a missing number is NaN, a missing indicator 0. Keeps the running scale of the columns of numbers. Not
 * thread-safe.
 */
final class RawRows {
    private final Columns columns;
    private final RunningScale scale = new RunningScale();
    private boolean[] numbers = new boolean[16];
    private double[] row = {1};

    RawRows(int maximumColumns) {
        this.columns = new Columns(1, maximumColumns);
    }

    /** The number of columns. */
    int width() {
        return columns.count();
    }

    /** Running scale of the columns that are numbers. */
    RunningScale scale() {
        return scale;
    }

    boolean isNumber(int column) {
        return numbers[column];
    }

    /** Takes a vector into columns and scale. */
    void observe(SparseVector vector) {
        for (int i = 0; i < vector.size(); i++) {
            int before = columns.count();
            int column = columns.claim(vector.index(i));
            if (column >= before) {
                if (column >= numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * column);
                }
                numbers[column] = vector.isNumber(i);
            }
            if (numbers[column]) {
                scale.observe(column, vector.value(i));
            }
        }
    }

    /** The row of a vector; valid until the next call. Features never observed are left out. */
    double[] row(SparseVector vector) {
        if (row.length < width()) {
            row = new double[2 * width()];
            row[0] = 1;
        }
        for (int column = 1; column < width(); column++) {
            row[column] = numbers[column] ? Double.NaN : 0;
        }
        for (int i = 0; i < vector.size(); i++) {
            int column = columns.find(vector.index(i));
            if (column >= 0) {
                // Features that share a column, where there are more than columns, add up.
                row[column] = Double.isNaN(row[column]) ? vector.value(i) : row[column] + vector.value(i);
            }
        }
        return row;
    }

    void exchange(Memento state) {
        columns.exchange(state);
        scale.exchange(state);
        numbers = state.flags(numbers);
        row = state.reads() ? new double[] {1} : row;
    }

    /** The feature of each column after the constant. */
    int[] features() {
        int[] features = new int[width() - 1];
        columns.each((feature, column) -> features[column - 1] = feature);
        return features;
    }
}
