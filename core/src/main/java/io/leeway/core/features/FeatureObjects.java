package io.leeway.core.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of feature objects, as Azure Personalizer sends and logs them, as one object. Objects under one key are merged, and other
 * values under one key become a list, so that nothing is lost. Stateless.
 */
public final class FeatureObjects {
    private FeatureObjects() {}

    /** @param objects none of them null */
    public static Map<String, Object> together(List<? extends Map<String, Object>> objects) {
        if (objects.size() == 1) {
            return objects.get(0);
        }
        Map<String, Object> together = new LinkedHashMap<>();
        objects.forEach(object -> merge(together, object));
        return together;
    }

    @SuppressWarnings("unchecked") // JSON objects have texts as keys
    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (!into.containsKey(key)) {
                into.put(key, value);
            } else if (into.get(key) instanceof Map<?, ?> first && value instanceof Map<?, ?> second) {
                Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) first);
                merge(both, (Map<String, Object>) second);
                into.put(key, both);
            } else {
                List<Object> values = new ArrayList<>(asList(into.get(key)));
                values.addAll(asList(value));
                into.put(key, values);
            }
        });
    }

    private static List<?> asList(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value == null ? List.of() : List.of(value);
    }
}
