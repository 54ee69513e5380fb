package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers of a detector as a JSON object and back; whole numbers up to 2^53 keep their value. */
final class State {
    private State() {}

    /** Names and their numbers in turn. */
    static Map<String, Object> of(Object... namesAndNumbers) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            Object value = namesAndNumbers[i + 1];
            json.put(
                    (String) namesAndNumbers[i],
                    value instanceof double[] numbers
                            ? Arrays.stream(numbers).boxed().toList()
                            : ((Number) value).doubleValue());
        }
        return json;
    }

    static double[] numbers(JsonObject json, String name, int length) {
        double[] saved = json.numbers(name);
        if (saved.length != length) {
            throw new IllegalArgumentException("must be " + length + " numbers: " + name + "=" + saved.length);
        }
        return saved;
    }

    static double requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
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
