package io.leeway.core.features;

import java.util.Arrays;

/** The features of one JSON object by their hashes, as {@link HashedEncoder} names them; reused from one object to the next. Not thread-safe. */
public final class HashedRow {
    /** Up to here entries are sorted one by one. */
    private static final int FEW = 64;

    private int size;
    private int[] indices = new int[32];
    private double[] values = new double[32];
    private boolean[] numbers = new boolean[32];

    public int size() {
        return size;
    }

    public int index(int entry) {
        return indices[entry];
    }

    public double value(int entry) {
        return values[entry];
    }

    /** False for an indicator. */
    public boolean isNumber(int entry) {
        return numbers[entry];
    }

    public void clear() {
        size = 0;
    }

    /** Takes over a vector's entries in place of its own. */
    public void set(SparseVector vector) {
        size = 0;
        for (int i = 0; i < vector.size(); i++) {
            add(vector.index(i), vector.value(i), vector.isNumber(i));
        }
        sort();
    }

    /** Puts the entries in the order of their hashes: sums over them are then the same to the last bit, however the JSON was ordered. */
    public void sort() {
        if (size > FEW) {
            sortMany();
            return;
        }
        for (int i = 1; i < size; i++) {
            int index = indices[i];
            double value = values[i];
            boolean number = numbers[i];
            int at = i;
            while (at > 0 && indices[at - 1] > index) {
                indices[at] = indices[at - 1];
                values[at] = values[at - 1];
                numbers[at] = numbers[at - 1];
                at--;
            }
            indices[at] = index;
            values[at] = value;
            numbers[at] = number;
        }
    }

    private void sortMany() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (long) indices[i] << Integer.SIZE | i;
        }
        Arrays.sort(order);
        int[] oldIndices = indices.clone();
        double[] oldValues = values.clone();
        boolean[] oldNumbers = numbers.clone();
        for (int i = 0; i < size; i++) {
            int from = (int) order[i];
            indices[i] = oldIndices[from];
            values[i] = oldValues[from];
            numbers[i] = oldNumbers[from];
        }
    }

    void add(int index, double value, boolean number) {
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        indices[size] = index;
        values[size] = value;
        numbers[size++] = number;
    }

    /** An indicator that may have been said since entry {@code from} already. */
    void indicate(int index, int from) {
        for (int i = from; i < size; i++) {
            if (indices[i] == index && !numbers[i]) {
                return;
            }
        }
        add(index, 1, false);
    }
}
