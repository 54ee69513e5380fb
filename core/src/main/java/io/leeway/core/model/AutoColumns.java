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
        write(context, 0, raw);
    }

    /** Adds an action's features and id. */
    void action(HashedRow action, String id, double[] raw) {
        write(action, ACTION, raw);
        write(id.hashCode() * 31 + ACTION, 1, raw);
    }

    private void write(HashedRow row, int salt, double[] raw) {
        for (int i = 0; i < row.size(); i++) {
            write(row.index(i) ^ salt, row.value(i), raw);
        }
    }

    private void write(int key, double value, double[] raw) {
        int place = places.find(key);
        if (place >= 0) {
            raw[place] = value;
        } else if (shared > 0) {
            int hash = key * MIX;
            raw[own + Math.floorMod(hash >>> 4, shared)] += hash < 0 ? -value : value;
        }
    }

    void standardise(double[] raw, float[] into) {
        for (int i = 0; i < centre.length; i++) {
            double value = raw[i];
            if (Double.isNaN(value)) { // missing: stands at the mean
                into[i] = 0;
            } else {
                double bounded = value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
                double distance = (bounded - centre[i]) * rate[i];
                into[i] = (float) (distance > CLIP ? CLIP : distance < -CLIP ? -CLIP : distance);
            }
        }
    }
}
