package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Early drift detection method: alarms when the distance between errors (values of 1 in a stream of zeros and ones) falls below
 * {@code ratio} of its largest mean plus two deviations. Made for few errors and slow change; alarms often. Not thread-safe. O(1).
 *
 * @see "Baena-Garcia and others, Early drift detection method, 4th Workshop on Knowledge Discovery from Data Streams 2006, 77-86"
 */
public final class Eddm extends NumericDetector {
    private static final int MINIMUM_ERRORS = 30;

    private final double ratio;
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
    double require(double value) {
        return State.requireZeroOrOne(value);
    }

    @Override
    boolean take(double value) {
        if (value == 0) {
            return false;
        }
        double distance = seen() - lastError;
        lastError = seen();
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
        return reach < ratio * largest;
    }

    @Override
    void restart() {
        errors = 0;
        mean = 0;
        squares = 0;
        largest = 0;
    }

    @Override
    void exchange(State state) {
        state.number("ratio", ratio);
        lastError = state.integer("lastError", lastError);
        errors = state.number("errors", errors);
        mean = state.number("mean", mean);
        squares = state.number("squares", squares);
        largest = state.number("largest", largest);
    }

    public static Eddm fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return restored(new Eddm(object.number("ratio")), object);
    }
}
