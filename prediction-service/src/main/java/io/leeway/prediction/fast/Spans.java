package io.leeway.prediction.fast;

import java.util.Arrays;

/** Texts by their places in the body. Reused; not thread safe. */
final class Spans {
    private static final int FEW = 16;

    private int[] from = new int[FEW];
    private int[] to = new int[FEW];
    private long[] hash = new long[FEW];
    private long[] table = new long[0];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int begin, int end, long textHash) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            hash = Arrays.copyOf(hash, 2 * count);
        }
        from[count] = begin;
        to[count] = end;
        hash[count] = textHash;
        count++;
    }

    int count() {
        return count;
    }

    int from(int i) {
        return from[i];
    }

    int length(int i) {
        return to[i] - from[i];
    }

    long hash(int i) {
        return hash[i];
    }

    /** -1 if there is none of this hash. */
    int indexOf(long wanted) {
        for (int i = 0; i < count; i++) {
            if (hash[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Two texts of one hash are taken for the same: the general way looks closer. */
    void requireDistinct() {
        if (count <= FEW) {
            for (int i = 1; i < count; i++) {
                for (int j = 0; j < i; j++) {
                    if (hash[i] == hash[j]) {
                        throw new NotPlainException();
                    }
                }
            }
            return;
        }
        int capacity = 4 * Integer.highestOneBit(count);
        if (table.length < capacity) {
            table = new long[capacity];
        }
        Arrays.fill(table, 0, capacity, 0);
        for (int i = 0; i < count; i++) {
            enter(hash[i], capacity - 1);
        }
    }

    private void enter(long value, int mask) {
        int slot = (int) (value ^ value >>> 32) & mask;
        while (table[slot] != 0) {
            if (table[slot] == value) {
                throw new NotPlainException();
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = value;
    }
}
