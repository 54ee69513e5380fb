package io.leeway.simulator.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that can be chosen.
 *
 * @param id stable identity, not blank
 * @param features what is known of it, as JSON; keys that begin with {@code _} are for people, not features
 */
public record Action(String id, Map<String, Object> features) {
    public Action {
        if (id.isBlank()) {
            throw new IllegalArgumentException("must not be blank: id=" + id);
        }
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    /** The name that people know it by: its {@code _title}, or else its id. */
    public String title() {
        return features.getOrDefault("_title", id).toString();
    }
}
