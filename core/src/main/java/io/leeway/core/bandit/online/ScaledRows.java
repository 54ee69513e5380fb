package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.HashedLayout.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns sparse vectors into rows of numbers standardised by what was learned from so far. Not thread-safe. */
final class ScaledRows {
    private static final int MAXIMUM_COLUMNS = 1 << 16;

    private final boolean standardise;
    private final Columns columns = new Columns(0, MAXIMUM_COLUMNS);
    private final RunningScale scale = new RunningScale();

    ScaledRows(boolean standardise) {
        this.standardise = standardise;
    }

    /** Takes the numbers into the statistics. */
    void observe(SparseVector vector) {
        if (standardise) {
            for (int i = 0; i < vector.size(); i++) {
                if (vector.isNumber(i)) {
                    scale.observe(columns.claim(vector.index(i)), vector.value(i));
                }
            }
        }
    }

    /** Adds a range of the vector's entries to a row. */
    void append(SparseVector vector, int start, int end, FeatureRow row) {
        row.reserve(end - start);
        if (!standardise) {
            for (int i = start; i < end; i++) {
                row.addReserved(vector.index(i), vector.value(i));
            }
            return;
        }
        for (int i = start; i < end; i++) {
            int index = vector.index(i);
            double value = vector.value(i);
            if (vector.isNumber(i)) {
                int column = columns.find(index);
                value = column < 0 ? 0 : scale.standardised(column, value);
            }
            row.addReserved(index, value);
        }
    }

    void exchange(Memento state) {
        columns.exchange(state);
        scale.exchange(state);
    }

    /** The standards in force, by feature. */
    List<Scale> scales() {
        List<Scale> scales = new ArrayList<>();
        columns.each((feature, column) ->
                scales.add(new Scale(feature, scale.mean(column), scale.inverseDeviation(column))));
        scales.sort(Comparator.comparingInt(Scale::feature));
        return scales;
    }
}
