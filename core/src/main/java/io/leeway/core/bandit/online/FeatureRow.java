package io.leeway.core.bandit.online;

import java.util.Arrays;

/** Names and values of one example; reused from one to the next. Not thread-safe. */
final class FeatureRow {
    /** The name of the feature that is always 1. */
    static final int CONSTANT = 0x636f6e73;

    private int size;
    private int[] indices = new int[32];
    private double[] values = new double[32];

    int size() {
        return size;
    }

    int index(int entry) {
        return indices[entry];
    }

    double value(int entry) {
        return values[entry];
    }

    /** The owner's array, for inner loops; valid until the next add. */
    int[] indices() {
        return indices;
    }

    /** The owner's array, for inner loops; valid until the next add. */
    double[] values() {
        return values;
    }

    void clear() {
        size = 0;
    }

    /** Makes room for more entries. */
    void reserve(int more) {
        if (size + more > indices.length) {
            int capacity = Math.max(size + more, 2 * size);
            indices = Arrays.copyOf(indices, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }

    void add(int index, double value) {
        reserve(1);
        addReserved(index, value);
    }

    /** An entry that room was made for. */
    void addReserved(int index, double value) {
        indices[size] = index;
        values[size++] = value;
    }

    /** Adds another row's entries, their names changed by a seed. */
    void addAll(FeatureRow other, int seed) {
        for (int i = 0; i < other.size; i++) {
            add(other.indices[i] ^ seed, other.values[i]);
        }
    }
}
