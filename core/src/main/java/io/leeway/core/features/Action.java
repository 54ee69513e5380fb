package io.leeway.core.features;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that can be chosen: a stable id, and optionally features of its own (JSON values, nulls allowed). The features are
 * copied one level deep.
 */
public record Action(String id, Map<String, Object> features) {
    public Action {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("must not be blank: id=" + id);
        }
        features = features == null || features.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    /** An action without features. */
    public static Action of(String id) {
        return new Action(id, Map.of());
    }
}
