package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running mean with its standard error, as progressive validation needs it: each value is judged before it is learned from.
 * Not thread-safe. O(1) per value.
 *
 * @see "Blum, Kalai and Langford, Beating the hold-out: bounds for k-fold and progressive cross-validation, COLT 1999"
 */
public final class ProgressiveMean {
    private long count;
    private double mean;
    private double squares;

    public void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
        }
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    public long count() {
        return count;
    }

    /** The mean; 0 before the first value. */
    public double mean() {
        return mean;
    }

    /** Sample standard deviation; 0 before the second value. */
    public double standardDeviation() {
        return count < 2 ? 0 : Math.sqrt(Math.max(0, squares) / (count - 1));
    }

    /** Of the mean; 0 before the second value. */
    public double standardError() {
        return count < 2 ? 0 : standardDeviation() / Math.sqrt(count);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", count);
        json.put("mean", mean);
        json.put("squares", squares);
        return json;
    }

    public static ProgressiveMean fromJson(Map<String, ?> json) {
        return fromJson(JsonObject.of(json));
    }

    static ProgressiveMean fromJson(JsonObject json) {
        ProgressiveMean restored = new ProgressiveMean();
        restored.count = json.integer("count");
        restored.mean = json.number("mean");
        restored.squares = json.number("squares");
        return restored;
    }
}
