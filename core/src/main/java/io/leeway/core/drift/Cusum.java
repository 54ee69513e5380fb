package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Two-sided cumulative sums of standardised values: S = max(0, S + z - shift / 2), for z and for -z, alarm when one exceeds the
 * threshold. Mean and deviation are those of all values since the start or the last alarm; it is silent for the first
 * {@code warmUp} of them. Not thread-safe. O(1).
 *
 * <p>Right for roughly Gaussian values; the average run length is Siegmund's, and is shorter by what the estimated mean is off.
 *
 * @see "Page, Continuous inspection schemes, Biometrika 41, 1954, 100-115"
 * @see "Siegmund, Sequential Analysis, Springer 1985, section X.2"
 */
public final class Cusum extends NumericDetector {
    private final double shift;
    private final double threshold;
    private final int warmUp;
    private long count;
    private double mean;
    private double squares;
    private double up;
    private double down;

    /**
     * @param shift that it is tuned to, in standard deviations, greater than 0
     * @param threshold in standard deviations, greater than 0
     * @param warmUp at least 2
     */
    public Cusum(double shift, double threshold, int warmUp) {
        this.shift = State.requireIn("shift", shift, 0, Double.POSITIVE_INFINITY);
        this.threshold = State.requireIn("threshold", threshold, 0, Double.POSITIVE_INFINITY);
        this.warmUp = (int) State.requireIn("warmUp", warmUp, 1, Integer.MAX_VALUE);
    }

    /** With the threshold at which one false alarm comes in about this many values. */
    public static Cusum withRunLength(double shift, double values, int warmUp) {
        double low = 0;
        double high = 1e3;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (runLength(shift, middle) < values) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Cusum(shift, high, warmUp);
    }

    /** Siegmund's approximation for both sides together. */
    static double runLength(double shift, double threshold) {
        double reach = shift * (threshold + 1.166);
        return (Math.exp(reach) - reach - 1) / (shift * shift);
    }

    @Override
    boolean take(double value) {
        double deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
        double z = deviation > 0 ? (value - mean) / deviation : Math.signum(value - mean);
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        if (count <= warmUp) {
            return false;
        }
        up = Math.max(0, up + z - shift / 2);
        down = Math.max(0, down - z - shift / 2);
        return up > threshold || down > threshold;
    }

    @Override
    void restart() {
        count = 0;
        mean = 0;
        squares = 0;
        up = 0;
        down = 0;
    }

    @Override
    void exchange(State state) {
        state.number("shift", shift);
        state.number("threshold", threshold);
        state.number("warmUp", warmUp);
        count = state.integer("count", count);
        mean = state.number("mean", mean);
        squares = state.number("squares", squares);
        up = state.number("up", up);
        down = state.number("down", down);
    }

    public static Cusum fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return restored(
                new Cusum(object.number("shift"), object.number("threshold"), (int) object.number("warmUp")), object);
    }
}
