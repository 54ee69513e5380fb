package io.leeway.core.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Walks JSON values (maps, lists, texts, numbers, flags, null) down to their leaves, naming each by its path.
 *
 * <p>Nested objects give {@code a.b}; a list of texts gives several texts of the list's own path; other list items are named
 * by their index, {@code a.0}. A dot or backslash inside a key is escaped by a backslash, so that two different keys never
 * share a path. Keys that begin with an underscore are not features. Thread-safe: no state.
 */
public final class Leaves {
    public static final int MAXIMUM_DEPTH = 32;

    private Leaves() {}

    /** Visits every leaf; throws IllegalArgumentException for numbers that are not finite and for too deep nesting. */
    public static void walk(Map<String, ?> json, LeafVisitor visitor) {
        walkObject(json, null, visitor, 1);
    }

    /** True if a key names a feature. */
    static boolean isFeature(String key) {
        return key.isEmpty() || key.charAt(0) != '_';
    }

    /** A key as it stands in a path. */
    static String escape(String key) {
        if (key.indexOf('.') < 0 && key.indexOf('\\') < 0) {
            return key;
        }
        return key.replace("\\", "\\\\").replace(".", "\\.");
    }

    /** The keys of a path, unescaped; the inverse of what {@link #walk} does. */
    public static List<String> keys(String path) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 1 < path.length()) {
                key.append(path.charAt(++i));
            } else if (c == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c);
            }
        }
        keys.add(key.toString());
        return keys;
    }

    private static void walkObject(Map<?, ?> map, String prefix, LeafVisitor visitor, int depth) {
        requireDepth(depth, prefix);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = (String) entry.getKey();
            if (isFeature(key)) {
                String name = escape(key);
                walkValue(entry.getValue(), prefix == null ? name : prefix + "." + name, visitor, depth);
            }
        }
    }

    static void walkValue(Object value, String path, LeafVisitor visitor, int depth) {
        if (value == null) {
            visitor.missing(path);
        } else if (value instanceof Number number) {
            visitor.number(path, requireFinite(number, path));
        } else if (value instanceof CharSequence text) {
            visitor.text(path, text.toString());
        } else if (value instanceof Boolean flag) {
            visitor.flag(path, flag);
        } else if (value instanceof Map<?, ?> map) {
            walkObject(map, path, visitor, depth + 1);
        } else if (value instanceof List<?> list) {
            walkList(list, path, visitor, depth + 1);
        } else {
            throw notJson(value, path);
        }
    }

    private static void walkList(List<?> list, String path, LeafVisitor visitor, int depth) {
        requireDepth(depth, path);
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (item instanceof CharSequence text) {
                visitor.text(path, text.toString());
            } else {
                walkValue(item, path + "." + i, visitor, depth);
            }
        }
    }

    static double requireFinite(Number number, String path) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: " + path + "=" + value);
        }
        return value;
    }

    static void requireDepth(int depth, String path) {
        if (depth > MAXIMUM_DEPTH) {
            throw new IllegalArgumentException("must be nested <= " + MAXIMUM_DEPTH + " deep: path=" + path);
        }
    }

    static IllegalArgumentException notJson(Object value, String path) {
        return new IllegalArgumentException(
                "must be a JSON value: " + path + "=" + value.getClass().getName());
    }
}
