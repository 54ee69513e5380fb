package io.leeway.core.features;

import java.util.Arrays;

/**
 * Named numbers: each entry has the hash of its name (its index) and a value, and the entries stand grouped by namespace.
 *
 * <p>Indices are any 32 bits and occur once, except where the names of two features of one JSON object collide; values are finite. An entry is a number (its absence means that the value is
 * missing; a value of 0 is kept) or an indicator (1; its absence means 0). Immutable and thread-safe.
 */
public final class SparseVector {
    /** The namespace of everything that is not inside an object or list of its own. */
    public static final int DEFAULT_NAMESPACE = 0;

    private static final int[] DEFAULT = {DEFAULT_NAMESPACE};

    public static final SparseVector EMPTY = new Builder(1).build();

    private final int[] indices;
    private final double[] values;
    private final boolean[] numbers;
    private final int[] namespaces;
    private final int[] starts;

    private SparseVector(int[] indices, double[] values, boolean[] numbers, int[] namespaces, int[] starts) {
        this.indices = indices;
        this.values = values;
        this.numbers = numbers;
        this.namespaces = namespaces;
        this.starts = starts;
    }

    /** Numbers in the default namespace, with the column's position as its index. */
    public static SparseVector dense(double... values) {
        Builder builder = new Builder(values.length);
        for (int i = 0; i < values.length; i++) {
            builder.number(i, values[i]);
        }
        return builder.build();
    }

    public int size() {
        return indices.length;
    }

    /** The hash of the entry's name, its namespace included; the same on every run. */
    public int index(int entry) {
        return indices[entry];
    }

    public double value(int entry) {
        return values[entry];
    }

    /** True for a number, false for an indicator. */
    public boolean isNumber(int entry) {
        return numbers[entry];
    }

    public int namespaces() {
        return namespaces.length;
    }

    /** The hash of the namespace's name. */
    public int namespace(int position) {
        return namespaces[position];
    }

    /** The first entry of a namespace. */
    public int start(int position) {
        return starts[position];
    }

    /** The entry after the last of a namespace. */
    public int end(int position) {
        return starts[position + 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector that
                && Arrays.equals(indices, that.indices)
                && Arrays.equals(values, that.values)
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(namespaces, that.namespaces)
                && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SparseVector[");
        for (int i = 0; i < indices.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(Integer.toHexString(indices[i]))
                    .append('=')
                    .append(values[i]);
        }
        return text.append(']').toString();
    }

    /** Collects entries, namespace after namespace, and builds once; values of one index add up. Not thread-safe. */
    public static final class Builder {
        private int size;
        private int[] indices;
        private double[] values;
        private boolean[] numbers;
        private int[] slots;
        private boolean indexed;
        private int namespaceCount;
        private int[] namespaces = new int[1];
        private int[] starts = new int[2];

        /** @param expected how many entries to make room for */
        public Builder(int expected) {
            int capacity = Math.max(1, expected);
            indices = new int[capacity];
            values = new double[capacity];
            numbers = new boolean[capacity];
        }

        /** Entries from here on belong to this namespace. */
        public Builder namespace(int hash) {
            if (namespaceCount > 0 && starts[namespaceCount - 1] == size) {
                namespaceCount--; // Nothing came for the one before.
            }
            if (namespaceCount == namespaces.length) {
                namespaces = Arrays.copyOf(namespaces, 2 * namespaceCount);
                starts = Arrays.copyOf(starts, 2 * namespaceCount + 1);
            }
            namespaces[namespaceCount] = hash;
            starts[namespaceCount++] = size;
            return this;
        }

        /** A number; must be finite. */
        public Builder number(int index, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("must be finite: value=" + value + " index=" + index);
            }
            return add(index, value, true);
        }

        /** An indicator: 1, however often it is said. */
        public Builder indicator(int index) {
            return add(index, 1, false);
        }

        /** An entry whose index is known not to occur yet. */
        void append(int index, double value, boolean number) {
            if (namespaceCount == 0) {
                namespace(DEFAULT_NAMESPACE);
            }
            if (size == indices.length) {
                grow();
            }
            indices[size] = index;
            numbers[size] = number;
            values[size++] = value;
            indexed = false;
        }

        private Builder add(int index, double value, boolean number) {
            if (namespaceCount == 0) {
                namespace(DEFAULT_NAMESPACE);
            }
            if (size == indices.length) {
                grow();
            }
            if (!indexed) {
                rebuild();
            }
            int slot = find(index);
            int entry = slots[slot] - 1;
            if (entry < 0) {
                slots[slot] = size + 1;
                indices[size] = index;
                numbers[size] = number;
                values[size++] = value;
            } else if (number) {
                // Two finite numbers may add up to more than a double holds.
                values[entry] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, values[entry] + value));
            }
            return this;
        }

        /** The slot of an index, or the empty one where it belongs. */
        private int find(int index) {
            int mask = slots.length - 1;
            int slot = index * 0x9e3779b9 >>> 7 & mask;
            while (slots[slot] != 0 && indices[slots[slot] - 1] != index) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        private void grow() {
            indices = Arrays.copyOf(indices, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            indexed = false;
        }

        /** The slots of what is there. */
        private void rebuild() {
            slots = new int[Integer.highestOneBit(indices.length) << 2];
            for (int i = 0; i < size; i++) {
                slots[find(indices[i])] = i + 1;
            }
            indexed = true;
        }

        public SparseVector build() {
            if (namespaceCount > 0 && starts[namespaceCount - 1] == size) {
                namespaceCount--;
            }
            starts[namespaceCount] = size;
            SparseVector vector = new SparseVector(
                    size == indices.length ? indices : Arrays.copyOf(indices, size),
                    size == indices.length ? values : Arrays.copyOf(values, size),
                    size == indices.length ? numbers : Arrays.copyOf(numbers, size),
                    namespaceCount == 1 && namespaces[0] == DEFAULT_NAMESPACE
                            ? DEFAULT
                            : Arrays.copyOf(namespaces, namespaceCount),
                    Arrays.copyOf(starts, namespaceCount + 1));
            indices = null; // the vector's now: a builder builds once
            return vector;
        }
    }
}
