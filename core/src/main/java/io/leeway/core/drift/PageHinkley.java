package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Page-Hinkley test for a change of the mean of a stream, in both directions. Not thread-safe. O(1) time and memory per value.
 *
 * <p>Upward statistic: m_t = sum over i = 1..t of (x_i - mean_i - tolerance), alarm when m_t - min(m) exceeds the threshold;
 * downward alike with signs reversed. After an alarm it starts anew.
 *
 * @see "Page, Continuous inspection schemes, Biometrika 41, 1954, 100-115"
 */
public final class PageHinkley implements Detector {
    private final double tolerance;
    private final double threshold;
    private final int warmUp;
    private long seen;
    private long count;
    private double mean;
    private double up;
    private double upMinimum;
    private double down;
    private double downMinimum;

    /**
     * @param tolerance tolerated change, same unit as the values, not negative
     * @param threshold accumulated excess that alarms, same unit as the values, greater than 0
     * @param warmUp values before which it does not alarm, at least 1
     */
    public PageHinkley(double tolerance, double threshold, int warmUp) {
        if (!(tolerance >= 0 && Double.isFinite(tolerance))) {
            throw new IllegalArgumentException("must be >= 0: tolerance=" + tolerance);
        }
        if (!(threshold > 0 && Double.isFinite(threshold))) {
            throw new IllegalArgumentException("must be > 0: threshold=" + threshold);
        }
        if (warmUp < 1) {
            throw new IllegalArgumentException("must be >= 1: warmUp=" + warmUp);
        }
        this.tolerance = tolerance;
        this.threshold = threshold;
        this.warmUp = warmUp;
    }

    /** Takes in a value; true if the mean has changed. */
    @Override
    public boolean add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
        }
        seen++;
        count++;
        mean += (value - mean) / count;
        up += value - mean - tolerance;
        down += mean - value - tolerance;
        upMinimum = Math.min(upMinimum, up);
        downMinimum = Math.min(downMinimum, down);
        boolean alarm = count >= warmUp && (up - upMinimum > threshold || down - downMinimum > threshold);
        if (alarm) {
            reset();
        }
        return alarm;
    }

    /** Mean since the start or the last alarm. */
    public double mean() {
        return mean;
    }

    private void reset() {
        count = 0;
        mean = 0;
        up = 0;
        upMinimum = 0;
        down = 0;
        downMinimum = 0;
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tolerance", tolerance);
        json.put("threshold", threshold);
        json.put("warmUp", (long) warmUp);
        json.put("seen", seen);
        json.put("count", count);
        json.put("mean", mean);
        json.put("up", up);
        json.put("upMinimum", upMinimum);
        json.put("down", down);
        json.put("downMinimum", downMinimum);
        return json;
    }

    public static PageHinkley fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        PageHinkley restored = new PageHinkley(
                object.number("tolerance"), object.number("threshold"), Math.toIntExact(object.integer("warmUp")));
        // States of before it counted all values lack it.
        restored.seen = object.integer("seen", object.integer("count"));
        restored.count = object.integer("count");
        restored.mean = object.number("mean");
        restored.up = object.number("up");
        restored.upMinimum = object.number("upMinimum");
        restored.down = object.number("down");
        restored.downMinimum = object.number("downMinimum");
        return restored;
    }
}
