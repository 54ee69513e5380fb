package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of several actions in one context. Most are alike in all of them, because they are the context's or stand for what an action
 * does not have: these are computed once, as the base, and of each action only those that it says something about. Reused; not thread-safe.
 */
final class JointRows {
    private static final int FEW = 16;

    private final AutoColumns columns;
    private final double[] context;
    private final double[] raw;
    private final float[] base;
    private float[][] rows = new float[0][];
    private int[][] places = new int[0][];
    private int[] counts = new int[0];
    /** Of each place the last row that wrote it, counted from the beginning of time. */
    private final long[] written;

    private long row;

    JointRows(AutoColumns columns) {
        this.columns = columns;
        this.context = new double[columns.width()];
        this.raw = new double[columns.width()];
        this.base = new float[columns.width()];
        this.written = new long[columns.width()];
    }

    void set(HashedRow of, List<HashedRow> actions, List<String> ids, int count) {
        room(count);
        columns.context(of, context);
        columns.standardise(context, base);
        for (int i = 0; i < count; i++) {
            row++;
            counts[i] = 0;
            System.arraycopy(context, 0, raw, 0, raw.length);
            columns.action(actions.get(i), ids.get(i), this, i);
            float[] standardised = rows[i];
            System.arraycopy(base, 0, standardised, 0, base.length);
            for (int k = 0; k < counts[i]; k++) {
                int place = places[i][k];
                standardised[place] = columns.standardised(raw[place], place);
            }
        }
    }

    private void room(int count) {
        if (rows.length < count) {
            rows = new float[2 * count][base.length];
            places = new int[2 * count][FEW];
            counts = new int[2 * count];
        }
    }

    /** An action's column is another than the base's. */
    void put(int action, int place, double value) {
        mark(action, place);
        raw[place] = value;
    }

    /** The same of a column that several features may share. */
    void add(int action, int place, double value) {
        mark(action, place);
        raw[place] += value;
    }

    private void mark(int action, int place) {
        if (written[place] != row) {
            written[place] = row;
            if (counts[action] == places[action].length) {
                places[action] = Arrays.copyOf(places[action], 2 * counts[action]);
            }
            places[action][counts[action]++] = place;
        }
    }

    int width() {
        return base.length;
    }

    /** The columns of an action that is in none of them: not to be changed. */
    float[] base() {
        return base;
    }

    /** All columns of an action: not to be changed. */
    float[] row(int action) {
        return rows[action];
    }

    /** The places at which an action's columns may differ from the base, as many as {@link #changes} says. */
    int[] changed(int action) {
        return places[action];
    }

    int changes(int action) {
        return counts[action];
    }
}
