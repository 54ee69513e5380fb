package io.leeway.core.logs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists as Vowpal Wabbit reads them. It takes lists of numbers and lists of objects, and throws a whole line away for any other
 * (measured with 9.3.0): such a list {@code "k":["a","b"]} is written {@code "k":[{"k":"a"},{"k":"b"}]}, and read back. Stateless.
 */
final class DsjsonLists {
    private DsjsonLists() {}

    static Map<String, Object> wrapped(Map<String, Object> features) {
        return each(features, true);
    }

    static Map<String, Object> unwrapped(Map<String, Object> features) {
        return each(features, false);
    }

    private static Map<String, Object> each(Map<?, ?> features, boolean wrap) {
        Map<String, Object> result = new LinkedHashMap<>();
        features.forEach((key, value) -> result.put((String) key, value((String) key, value, wrap)));
        return result;
    }

    private static Object value(String key, Object value, boolean wrap) {
        if (value instanceof Map<?, ?> map) {
            return each(map, wrap);
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> items = new ArrayList<>();
        list.forEach(item -> items.add(value(key, item, wrap)));
        if (wrap) {
            return unreadable(list) ? wrap(key, items) : items;
        }
        List<Object> inner = unwrap(key, items);
        return inner != null && unreadable(inner) ? inner : items;
    }

    private static boolean unreadable(List<?> list) {
        return list.stream()
                .anyMatch(item -> item instanceof String || item instanceof Boolean || item instanceof List<?>);
    }

    private static List<Object> wrap(String key, List<Object> items) {
        List<Object> wrapped = new ArrayList<>();
        for (Object item : items) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put(key, item);
            wrapped.add(one);
        }
        return wrapped;
    }

    /** Null if it was not wrapped. */
    private static List<Object> unwrap(String key, List<Object> items) {
        List<Object> inner = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> one) || one.size() != 1 || !one.containsKey(key)) {
                return null;
            }
            inner.add(one.get(key));
        }
        return inner;
    }
}
