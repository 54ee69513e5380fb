package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Early drift detection method: alarms when the distance between errors (values of 1 in a stream of zeros and ones) falls below
 * {@code ratio} of its largest mean plus two deviations. Made for few errors and slow change; alarms often. Not thread-safe. O(1).
 *
 * @see "Baena-Garcia and others, Early drift detection method, 4th Workshop on Knowledge Discovery from Data Streams 2006, 77-86"
 */
public final class Eddm implements Detector {
    private static final int MINIMUM_ERRORS = 30;

    private final double ratio;
    private long seen;
    private long lastError;
    private double errors;
    private double mean;
    private double squares;
    private double largest;

    /** @param ratio in (0, 1); 0.9 is the authors' */
    public Eddm(double ratio) {
        this.ratio = State.requireIn("ratio", ratio, 0, 1);
    }

    @Override
    public boolean add(double value) {
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("must be 0 or 1: value=" + value);
        }
        seen++;
        if (value == 0) {
            return false;
        }
        double distance = seen - lastError;
        lastError = seen;
        errors++;
        double before = distance - mean;
        mean += before / errors;
        squares += before * (distance - mean);
        double reach = mean + 2 * Math.sqrt(squares / errors);
        if (errors < MINIMUM_ERRORS) {
            return false;
        }
        if (reach > largest) {
            largest = reach;
            return false;
        }
        if (reach >= ratio * largest) {
            return false;
        }
        errors = 0;
        mean = 0;
        squares = 0;
        largest = 0;
        return true;
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public Map<String, Object> toJson() {
        return State.of(
                "ratio",
                ratio,
                "seen",
                seen,
                "lastError",
                lastError,
                "errors",
                errors,
                "mean",
                mean,
                "squares",
                squares,
                "largest",
                largest);
    }

    public static Eddm fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        Eddm restored = new Eddm(object.number("ratio"));
        restored.seen = (long) object.number("seen");
        restored.lastError = (long) object.number("lastError");
        restored.errors = object.number("errors");
        restored.mean = object.number("mean");
        restored.squares = object.number("squares");
        restored.largest = object.number("largest");
        return restored;
    }
}
