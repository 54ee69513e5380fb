package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.Action;
import io.leeway.contracts.ContractViolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of feature objects as one object. Objects under one key are merged, and other values under one key become a list, so that
 * nothing that was sent is lost. Stateless.
 */
final class Features {
    private Features() {}

    /** @param objects null like an empty list */
    static Map<String, Object> together(String field, List<Map<String, Object>> objects) {
        if (objects == null || objects.isEmpty()) {
            return Map.of();
        }
        if (objects.size() == 1 && objects.get(0) != null) {
            return objects.get(0);
        }
        Map<String, Object> together = new LinkedHashMap<>();
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) == null) {
                throw new ContractViolation(field + "[" + i + "]", "must be a JSON object", null);
            }
            merge(together, objects.get(i));
        }
        return together;
    }

    static List<Action> actions(List<RankableAction> actions) {
        if (actions == null) {
            throw new ContractViolation("actions", "must be given", null);
        }
        List<Action> mapped = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            String field = "actions[" + i + "]";
            if (actions.get(i) == null) {
                throw new ContractViolation(field, "must be a JSON object", null);
            }
            mapped.add(actions.get(i).toAction(field));
        }
        return mapped;
    }

    @SuppressWarnings("unchecked")
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
