package io.leeway.core.drift;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Values in ascending order that stand for a distribution, each for the same share of it. Immutable. */
public final class Quantiles {
    private final double[] values;

    private Quantiles(double[] values) {
        this.values = values;
    }

    /** Sorts a copy of finite values. */
    public static Quantiles of(double[] values) {
        double[] sorted = values.clone();
        for (double value : sorted) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("must be finite: value=" + value);
            }
        }
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /**
     * At most {@code most} of the values: the mid-points of {@code most} classes of equal rank, so that the distribution
     * function moves by at most 1 / (2 most).
     */
    public Quantiles thinnedTo(int most) {
        if (values.length <= most) {
            return this;
        }
        double[] kept = new double[most];
        for (int i = 0; i < most; i++) {
            kept[i] = values[(int) ((2L * i + 1) * values.length / (2L * most))];
        }
        return new Quantiles(kept);
    }

    /** The value below which this share of the distribution lies, interpolated between neighbours; there must be values. */
    public double at(double share) {
        double place = share * (values.length - 1);
        int below = (int) Math.floor(place);
        double fraction = place - below;
        double low = values[below];
        double high = values[Math.min(below + 1, values.length - 1)];
        // As numpy does it, so that edges agree to the last digit.
        return fraction >= 0.5 ? high - (high - low) * (1 - fraction) : low + (high - low) * fraction;
    }

    /** The value that more than this share of all are, if there is one; the share must be at least a half. */
    OptionalDouble mode(double share) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double middle = values[values.length / 2];
        int count = 0;
        for (double value : values) {
            count += value == middle ? 1 : 0;
        }
        return count > share * values.length ? OptionalDouble.of(middle) : OptionalDouble.empty();
    }

    /** All others. */
    public Quantiles without(double value) {
        return new Quantiles(
                Arrays.stream(values).filter(other -> other != value).toArray());
    }

    public int size() {
        return values.length;
    }

    public double get(int i) {
        return values[i];
    }

    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantiles that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length == 0 ? "Quantiles[]" : "Quantiles[" + values[0] + " .. " + values[values.length - 1] + "]";
    }
}
