package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives features columns in the order in which they come; when these are used up, the others share some more columns by
 * their hashes, with signs so that what collides cancels out on average. Not thread-safe.
 *
 * @see "Weinberger, Dasgupta, Langford, Smola and Attenberg, Feature hashing for large scale multitask learning, ICML 2009"
 */
final class ColumnMap {
    private static final int OWN = 192;
    private static final int SHARED = 32;
    private static final int MIX = 0x9e3779b9;

    private final Map<Integer, Integer> own = new HashMap<>();
    private final double[] absent = new double[OWN + SHARED];
    private boolean full;

    int width() {
        return full ? OWN + SHARED : own.size();
    }

    /** True when some features have no column of their own. */
    boolean isFull() {
        return full;
    }

    /**
     * Gives columns to features that have none.
     *
     * @param salt tells apart features of different origin
     */
    void claim(SparseVector vector, int salt) {
        for (int i = 0; i < vector.size() && !full; i++) {
            claim(vector.index(i) ^ salt, vector.isNumber(i) ? Double.NaN : 0);
        }
    }

    /**
     * Gives a column to a feature that has none.
     *
     * @param absentValue what stands in the column when the feature is absent
     */
    void claim(int key, double absentValue) {
        if (full || own.containsKey(key)) {
            return;
        }
        if (own.size() == OWN) {
            full = true;
            return;
        }
        absent[own.size()] = absentValue;
        own.put(key, own.size());
    }

    /** Begins a row: every feature absent. */
    void clear(double[] row) {
        System.arraycopy(absent, 0, row, 0, row.length);
    }

    /** Writes a vector's features that have columns. */
    void write(SparseVector vector, int salt, double[] row) {
        for (int i = 0; i < vector.size(); i++) {
            write(vector.index(i) ^ salt, vector.value(i), row);
        }
    }

    void write(int key, double value, double[] row) {
        Integer column = own.get(key);
        if (column != null) {
            if (column < row.length) {
                row[column] = value;
            }
        } else if (row.length == OWN + SHARED) {
            int hash = key * MIX;
            row[OWN + Math.floorMod(hash >>> 4, SHARED)] += hash < 0 ? -value : value;
        }
    }

    int shared() {
        return full ? SHARED : 0;
    }

    /** The features that have columns of their own, in their order. */
    List<Integer> keys() {
        List<Integer> keys = new ArrayList<>(own.keySet());
        keys.sort(Comparator.comparing(own::get));
        return keys;
    }

    /** Whether a column is missing, and not 0, where its feature is absent. */
    boolean isNumber(int column) {
        return Double.isNaN(absent[column]);
    }

    void exchange(Memento state) {
        List<Integer> keys = keys();
        int count = state.length(keys.size());
        for (int column = 0; column < count; column++) {
            own.put(state.whole(state.reads() ? 0 : keys.get(column)), column);
            absent[column] = state.number(absent[column]);
        }
        full = state.flag(full);
    }
}
