package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.Action;
import io.leeway.contracts.ContractViolation;
import io.leeway.core.features.FeatureObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients send as lists of feature objects. Stateless. */
final class Features {
    private Features() {}

    /** @param objects null like an empty list */
    static Map<String, Object> together(String field, List<Map<String, Object>> objects) {
        if (objects == null || objects.isEmpty()) {
            return Map.of();
        }
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) == null) {
                throw new ContractViolation(field + "[" + i + "]", "must be a JSON object", null);
            }
        }
        return FeatureObjects.together(objects);
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
}
