package io.leeway.core.model;

/** Places of distinct integers, found without boxing. Immutable. */
final class IntTable {
    /** Of each key the key above and its place plus 1 below, so that both are near; 0 where there is none. */
    private final long[] entries;

    private final int mask;

    /** The place of a key is its index. */
    IntTable(int[] distinct) {
        int capacity = Integer.highestOneBit(Math.max(4, 4 * distinct.length));
        entries = new long[capacity];
        mask = capacity - 1;
        for (int i = 0; i < distinct.length; i++) {
            int slot = slot(distinct[i]);
            if (entries[slot] == 0) {
                entries[slot] = (long) distinct[i] << Integer.SIZE | i + 1;
            }
        }
    }

    /** -1 for a key that is not there. */
    int find(int key) {
        return (int) entries[slot(key)] - 1;
    }

    private int slot(int key) {
        int slot = (key * 0x9e3779b9 >>> 7) & mask;
        while (entries[slot] != 0 && (int) (entries[slot] >> Integer.SIZE) != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
