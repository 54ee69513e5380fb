package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of a detector on their way into a JSON object, or back out of one: each is named once, and both ways go through that place
 * ({@code count = state.number("count", count)}). Whole numbers up to 2^53 keep their value. Not thread-safe.
 */
final class State {
    private final JsonObject saved;
    private final Map<String, Object> written = new LinkedHashMap<>();

    private State(JsonObject saved) {
        this.saved = saved;
    }

    /** Takes in the numbers as they are. */
    static State writing() {
        return new State(null);
    }

    /** Gives back the numbers as they were. */
    static State reading(JsonObject saved) {
        return new State(saved);
    }

    Map<String, Object> toJson() {
        return written;
    }

    double number(String name, double now) {
        if (saved != null) {
            return saved.number(name);
        }
        written.put(name, now);
        return now;
    }

    /** Written as a whole number; states of before wrote it with a fraction of zero, and can be read. */
    long integer(String name, long now) {
        if (saved != null) {
            return (long) saved.number(name);
        }
        written.put(name, now);
        return now;
    }

    /** Of the same length as those now. */
    double[] numbers(String name, double[] now) {
        if (saved == null) {
            written.put(name, Arrays.stream(now).boxed().toList());
            return now;
        }
        double[] numbers = saved.numbers(name);
        if (numbers.length != now.length) {
            throw new IllegalArgumentException("must be " + now.length + " numbers: " + name + "=" + numbers.length);
        }
        return numbers;
    }

    static double requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
        }
        return value;
    }

    static double requireZeroOrOne(double value) {
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("must be 0 or 1: value=" + value);
        }
        return value;
    }

    static double requireShare(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: value=" + value);
        }
        return value;
    }

    static double requireIn(String name, double value, double low, double high) {
        if (!(value > low && value < high)) {
            throw new IllegalArgumentException("must be in (" + low + ", " + high + "): " + name + "=" + value);
        }
        return value;
    }
}
