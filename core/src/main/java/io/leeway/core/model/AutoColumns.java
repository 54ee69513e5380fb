package io.leeway.core.model;

import io.leeway.core.features.HashedRow;

/** Turns hashed features into the standardised columns of a {@link AutoLayout.View}. Immutable. */
final class AutoColumns {
    static final int ACTION = 0x616374;
    private static final int MIX = 0x9e3779b9;
    /** Standard deviations beyond which a column says no more. */
    private static final double CLIP = 6;

    private static final double LARGEST = 1e100;

    private final boolean joint;
    private final IntTable places;
    private final int own;
    private final int shared;
    private final double[] absent;
    private final double[] centre;
    private final double[] rate;

    AutoColumns(AutoLayout.View view) {
        joint = view.joint();
        own = view.keys().size();
        shared = view.shared();
        places = new IntTable(view.keys().stream().mapToInt(Integer::intValue).toArray());
        absent = new double[view.width()];
        for (int i = 0; i < own; i++) {
            absent[i] = view.numbers().get(i) ? Double.NaN : 0;
        }
        centre = view.centres().stream().mapToDouble(Double::doubleValue).toArray();
        rate = view.rates().stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean joint() {
        return joint;
    }

    int width() {
        return centre.length;
    }

    /** Begins a row with the context's features. */
    void context(HashedRow context, double[] raw) {
        System.arraycopy(absent, 0, raw, 0, absent.length);
        for (int i = 0; i < context.size(); i++) {
            int key = context.index(i);
            int place = places.find(key);
            if (place >= 0) {
                raw[place] = context.value(i);
            } else if (shared > 0) {
                raw[sharedPlace(key)] += signed(key, context.value(i));
            }
        }
    }

    /** Adds an action's features and id to one of the rows. */
    void action(HashedRow action, String id, JointRows rows, int row) {
        for (int i = 0; i < action.size(); i++) {
            write(action.index(i) ^ ACTION, action.value(i), rows, row);
        }
        write(id.hashCode() * 31 + ACTION, 1, rows, row);
    }

    private void write(int key, double value, JointRows rows, int row) {
        int place = places.find(key);
        if (place >= 0) {
            rows.put(row, place, value);
        } else if (shared > 0) {
            rows.add(row, sharedPlace(key), signed(key, value));
        }
    }

    private int sharedPlace(int key) {
        return own + Math.floorMod(key * MIX >>> 4, shared);
    }

    private static double signed(int key, double value) {
        return key * MIX < 0 ? -value : value;
    }

    void standardise(double[] raw, float[] into) {
        for (int i = 0; i < centre.length; i++) {
            into[i] = standardised(raw[i], i);
        }
    }

    float standardised(double value, int column) {
        if (Double.isNaN(value)) { // missing: stands at the mean
            return 0;
        }
        double bounded = value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
        double distance = (bounded - centre[column]) * rate[column];
        return (float) (distance > CLIP ? CLIP : distance < -CLIP ? -CLIP : distance);
    }
}
