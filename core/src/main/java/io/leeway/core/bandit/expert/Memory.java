package io.leeway.core.bandit.expert;

import java.util.Arrays;

/**
 * The latest feedbacks in a ring, each place's row owned by it and used again; by row for whoever learns from a feedback, and by column
 * for whoever compares many. Not thread-safe.
 */
final class Memory {
    /** Numbers kept at most, over all rows: twice 32 MiB of floats. */
    private static final int MAXIMUM_CELLS = 8 << 20;

    private static final int MAXIMUM_ROWS = 20_000;
    private static final int FIRST_ROWS = 64;

    private final int capacity;
    private float[][] rows = new float[FIRST_ROWS][];
    private float[][] columns = {};
    private int[] arms = new int[FIRST_ROWS];
    private float[] rewards = new float[FIRST_ROWS];
    private int size;
    private int next;

    Memory(int width) {
        capacity = Math.max(FIRST_ROWS, Math.min(MAXIMUM_ROWS, MAXIMUM_CELLS / Math.max(1, width)));
    }

    /** The latest rows of a replay, oldest first. */
    static Memory of(Replay replay) {
        Memory memory = new Memory(replay.width());
        double[] columns = new double[replay.width()];
        for (int i = Math.max(0, replay.size() - memory.capacity); i < replay.size(); i++) {
            replay.columns(i, columns);
            memory.add(columns, replay.arm(i), replay.reward(i));
        }
        return memory;
    }

    int size() {
        return size;
    }

    /** The place of the feedback added {@code age} feedbacks before the latest (0 = the latest). */
    int place(int age) {
        int place = next - 1 - age;
        return place < 0 ? place + size : place;
    }

    float[] row(int place) {
        return rows[place];
    }

    /** A column's values by place; null of a column that no row has. */
    float[] column(int column) {
        return column < columns.length ? columns[column] : null;
    }

    int arm(int place) {
        return arms[place];
    }

    float reward(int place) {
        return rewards[place];
    }

    /** Keeps a feedback, in place of the oldest when full; returns its place. */
    int add(double[] values, int arm, double reward) {
        if (next == rows.length && size < capacity) {
            int more = Math.min(capacity, 2 * size);
            rows = Arrays.copyOf(rows, more);
            columns = Arrays.stream(columns)
                    .map(column -> Arrays.copyOf(column, more))
                    .toArray(float[][]::new);
            arms = Arrays.copyOf(arms, more);
            rewards = Arrays.copyOf(rewards, more);
        }
        int place = next == capacity ? 0 : next;
        if (rows[place] == null || rows[place].length != values.length) {
            rows[place] = new float[values.length];
        }
        toFloats(values, rows[place]);
        write(rows[place], place);
        arms[place] = arm;
        rewards[place] = (float) reward;
        size = Math.max(size, place + 1);
        next = place + 1;
        return place;
    }

    private void write(float[] row, int place) {
        if (row.length > columns.length) {
            int before = columns.length;
            columns = Arrays.copyOf(columns, row.length);
            for (int j = before; j < row.length; j++) {
                columns[j] = new float[rows.length];
            }
        }
        for (int j = 0; j < columns.length; j++) {
            columns[j][place] = j < row.length ? row[j] : 0;
        }
    }

    static void toFloats(double[] columns, float[] row) {
        for (int j = 0; j < columns.length; j++) {
            row[j] = (float) columns[j];
        }
    }
}
