package io.leeway.core.model;

/** Places of distinct integers, found without boxing. Immutable. */
final class IntTable {
    private final int[] keys;
    private final int[] places;
    private final int mask;

    /** The place of a key is its index. */
    IntTable(int[] distinct) {
        int capacity = Integer.highestOneBit(Math.max(4, 4 * distinct.length));
        keys = new int[capacity];
        places = new int[capacity];
        mask = capacity - 1;
        for (int i = 0; i < distinct.length; i++) {
            int slot = slot(distinct[i]);
            if (places[slot] == 0) {
                keys[slot] = distinct[i];
                places[slot] = i + 1;
            }
        }
    }

    /** -1 for a key that is not there. */
    int find(int key) {
        return places[slot(key)] - 1;
    }

    private int slot(int key) {
        int slot = (key * 0x9e3779b9 >>> 7) & mask;
        while (places[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
