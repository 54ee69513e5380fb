package io.leeway.core.model;

import java.util.Arrays;

/** Finite floats, owned and never changed. */
public final class FloatData {
    private final float[] values;

    private FloatData(float[] values) {
        this.values = values;
    }

    /** Copies the values. */
    public static FloatData of(float... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("must be finite: values[" + i + "]=" + values[i]);
            }
        }
        return new FloatData(values.clone());
    }

    public int size() {
        return values.length;
    }

    public float get(int i) {
        return values[i];
    }

    /** A copy that the caller owns. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatData that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatData[" + values.length + "]";
    }
}
