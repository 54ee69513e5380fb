package io.leeway.core.promotion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one gate said of a candidate.
 *
 * @param gate data, quality, serving or rollout
 * @param reason in words
 * @param figures that it rests on, by name
 */
public record Verdict(String gate, boolean passed, String reason, Map<String, Object> figures) {
    public Verdict {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
