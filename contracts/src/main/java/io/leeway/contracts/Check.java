package io.leeway.contracts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The constraints that the records of this package share. */
final class Check {
    static final int LONGEST_ID = 200;
    static final Pattern LOOP_NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

    static final Pattern CHECKPOINT = Pattern.compile("[0-9]{1,18}\\+[0-9]{1,18}");

    private Check() {}

    static void checkpointIfGiven(String field, String value) {
        if (value != null && !CHECKPOINT.matcher(value).matches()) {
            throw new ContractViolation(field, "must be VERSION+FEEDBACKS", value);
        }
    }

    static String loopName(String field, String value) {
        if (value == null || !LOOP_NAME.matcher(value).matches()) {
            throw new ContractViolation(
                    field, "must be 1 to 64 of a-z 0-9 . _ - and begin and end with a letter or digit", value);
        }
        return value;
    }

    static String id(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new ContractViolation(field, "must not be empty", value);
        }
        if (value.length() > LONGEST_ID) {
            throw new ContractViolation(field, "must have at most " + LONGEST_ID + " characters", value);
        }
        return value;
    }

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new ContractViolation(field, "must be given", null);
        }
        return value;
    }

    static double finite(String field, Double value) {
        present(field, value);
        if (!Double.isFinite(value)) {
            throw new ContractViolation(field, "must be a finite number", value);
        }
        return value;
    }

    static void finiteIfGiven(String field, Double value) {
        if (value != null) {
            finite(field, value);
        }
    }

    static double within(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new ContractViolation(field, "must be in [" + lowest + ", " + highest + "]", value);
        }
        return value;
    }

    static <N extends Number> N atLeast(String field, N value, double lowest) {
        if (!(value.doubleValue() >= lowest)) {
            throw new ContractViolation(field, "must be >= " + plain(lowest), value);
        }
        return value;
    }

    static Duration notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new ContractViolation(field, "must not be negative", value);
        }
        return value;
    }

    /** A null-safe unmodifiable copy that keeps the order; null values inside stay. */
    static Map<String, Object> copy(Map<String, Object> map) {
        return map == null || map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static <T> List<T> copy(String field, List<T> list) {
        if (list == null || list.isEmpty()) {
            return List.of();
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                throw new ContractViolation(field + "[" + i + "]", "must not be null", null);
            }
        }
        return Collections.unmodifiableList(new ArrayList<>(list));
    }

    static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
