package io.leeway.core.features;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One input of a specification: a leaf path and how its value becomes columns.
 *
 * <p>NUMBER: one standardised column. CATEGORY: one column per word of the vocabulary and a last one for any other word;
 * several words set several columns. FLAG: one column, 1 for true. With {@code missingIndicator} one more column is 1 when
 * the row has no value of this kind at the path (the value's own columns are then 0, the mean for numbers).
 *
 * @param mean of the numbers seen; 0 for other kinds
 * @param standardDeviation greater than 0; 1 for a constant column and for other kinds
 * @param vocabulary most frequent first; empty for other kinds
 */
public record Input(
        String path,
        Kind kind,
        double mean,
        double standardDeviation,
        boolean missingIndicator,
        List<String> vocabulary) {
    /** What kind of leaf an input reads. */
    public enum Kind {
        NUMBER,
        CATEGORY,
        FLAG
    }

    /** Standardised numbers are clipped to this many standard deviations, so that one wild value cannot drown the rest. */
    public static final double CLIP = 8;

    /** Numbers are taken as at most this large, so that their squares stay finite. */
    static final double LARGEST = 1e150;

    public Input {
        if (path == null) {
            throw new IllegalArgumentException("must not be null: path=null");
        }
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("must be finite: mean=" + mean + " path=" + path);
        }
        if (!(standardDeviation > 0 && Double.isFinite(standardDeviation))) {
            throw new IllegalArgumentException("must be > 0: standardDeviation=" + standardDeviation + " path=" + path);
        }
        vocabulary = List.copyOf(vocabulary);
        if (kind != Kind.CATEGORY && !vocabulary.isEmpty()) {
            throw new IllegalArgumentException("must be empty: vocabulary.size=" + vocabulary.size() + " path=" + path);
        }
    }

    public static Input number(String path, double mean, double standardDeviation, boolean missingIndicator) {
        return new Input(path, Kind.NUMBER, mean, standardDeviation, missingIndicator, List.of());
    }

    public static Input category(String path, List<String> vocabulary, boolean missingIndicator) {
        return new Input(path, Kind.CATEGORY, 0, 1, missingIndicator, vocabulary);
    }

    public static Input flag(String path, boolean missingIndicator) {
        return new Input(path, Kind.FLAG, 0, 1, missingIndicator, List.of());
    }

    /** How many columns this input fills. */
    public int width() {
        return (kind == Kind.CATEGORY ? vocabulary.size() + 1 : 1) + (missingIndicator ? 1 : 0);
    }

    /** The columns' names in order. */
    public List<String> columnNames() {
        List<String> names = new ArrayList<>(width());
        if (kind == Kind.CATEGORY) {
            vocabulary.forEach(word -> names.add(path + "=" + word));
            names.add(path + "=<other>");
        } else {
            names.add(path);
        }
        if (missingIndicator) {
            names.add(path + "=<missing>");
        }
        return names;
    }

    float standardise(double value) {
        return (float) clip((clip(value, LARGEST) - mean) / standardDeviation, CLIP);
    }

    /** By comparisons: Math.min and Math.max take care of NaN and signed zeros, which costs more than all the rest here. */
    private static double clip(double value, double limit) {
        if (value > limit) {
            return limit;
        }
        return value < -limit ? -limit : value;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path);
        json.put("kind", kind.name());
        if (kind == Kind.NUMBER) {
            json.put("mean", mean);
            json.put("standardDeviation", standardDeviation);
        }
        if (kind == Kind.CATEGORY) {
            json.put("vocabulary", vocabulary);
        }
        json.put("missingIndicator", missingIndicator);
        return json;
    }

    static Input fromJson(JsonObject json) {
        String path = json.text("path");
        boolean missing = json.flag("missingIndicator");
        return switch (json.text("kind")) {
            case "NUMBER" -> number(path, json.number("mean"), json.number("standardDeviation"), missing);
            case "CATEGORY" -> category(path, json.texts("vocabulary"), missing);
            case "FLAG" -> flag(path, missing);
            default -> throw new IllegalArgumentException("must be a known kind: kind=" + json.text("kind"));
        };
    }
}
