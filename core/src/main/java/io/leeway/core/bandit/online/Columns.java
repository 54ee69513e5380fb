package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/**
 * Gives each feature index a column, in the order in which they come. Beyond the maximum, features share columns by their hash. Not
 * thread-safe.
 */
final class Columns {
    private final int first;
    private final int maximum;
    private int count;
    private int[] keys = new int[64];
    private int[] slots = new int[64];

    /** Columns below {@code first} are the owner's. */
    Columns(int first, int maximum) {
        if (maximum <= first) {
            throw new IllegalArgumentException("must be > " + first + ": maximumColumns=" + maximum);
        }
        this.first = first;
        this.count = first;
        this.maximum = maximum;
    }

    /** The number of columns in use. */
    int count() {
        return count;
    }

    /** The column of a feature, or -1 where it has none yet. */
    int find(int index) {
        int slot = slot(index);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        return count < maximum ? -1 : shared(index);
    }

    /** The column of a feature; gives it one where it has none. */
    int claim(int index) {
        int slot = slot(index);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (count == maximum) {
            return shared(index);
        }
        keys[slot] = index;
        slots[slot] = ++count;
        if (2 * (count - first) > slots.length) {
            grow();
        }
        return count - 1;
    }

    private int shared(int index) {
        return first + Math.floorMod(index * 0x9e3779b9 >>> 3, maximum - first);
    }

    private int slot(int index) {
        int mask = slots.length - 1;
        int slot = (index * 0x9e3779b9 >>> 7) & mask;
        while (slots[slot] != 0 && keys[slot] != index) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new int[2 * oldKeys.length];
        slots = new int[2 * oldSlots.length];
        Arrays.fill(slots, 0);
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                slots[slot] = oldSlots[i];
            }
        }
    }

    void exchange(Memento state) {
        count = state.whole(count);
        keys = state.wholes(keys);
        slots = state.wholes(slots);
    }

    /** Gives each feature that has a column of its own, and the column. */
    void each(ObjIntConsumer<Integer> visitor) {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != 0) {
                visitor.accept(keys[slot], slots[slot] - 1);
            }
        }
    }
}
