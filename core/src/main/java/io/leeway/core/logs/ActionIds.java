package io.leeway.core.logs;

import io.leeway.core.features.Action;
import io.leeway.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids for the actions of a log that numbers them by their place: {@code _tag}, else {@code id} of the action or of one of its
 * namespaces, else its features as text. So an action is known again where it stands at another place. Pure.
 */
final class ActionIds {
    private static final int LONGEST = 200;

    private ActionIds() {}

    static List<Action> of(List<?> multi) {
        List<Action> actions = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Object item : multi) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new LogFormatException("must be objects: c._multi." + actions.size());
            }
            Map<String, Object> features = new LinkedHashMap<>();
            map.forEach((key, value) -> features.put((String) key, value));
            String id = id(features);
            int before = seen.merge(id, 1, Integer::sum);
            actions.add(new Action(before == 1 ? id : id + "#" + before, features));
        }
        return actions;
    }

    private static String id(Map<String, Object> features) {
        String tag = text(features.get("_tag"));
        if (tag != null) {
            return tag;
        }
        String own = text(features.get("id"));
        if (own != null) {
            return own;
        }
        for (Object value : features.values()) {
            if (value instanceof Map<?, ?> namespace && text(namespace.get("id")) != null) {
                return text(namespace.get("id"));
            }
        }
        String written = Json.write(features);
        return written.length() <= LONGEST
                ? written
                : written.substring(0, LONGEST) + "~" + Integer.toHexString(written.hashCode());
    }

    private static String text(Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        return value instanceof Number number ? String.valueOf(number) : null;
    }
}
