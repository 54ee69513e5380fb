package io.leeway.core.logs;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureObjects;
import io.leeway.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The actions of a log that numbers them by their place, and their ids: {@code _tag}, else {@code id} of the action or of one of its
 * namespaces, else its features as text. So an action is known again where it stands at another place. Pure.
 *
 * <p>Personalizer writes an action as {@code {"_tag":ID,"i":{"constant":1,"id":ID},"j":[features, ...]}}: its features are those of
 * {@code j} together, as its REST interface takes them. Actions of that form, and those whose id could not be told from their
 * features, are written in it; all others are written as they were read.
 */
final class ActionIds {
    /** The longest id that a contract allows, and how much is kept of a longer one. */
    private static final int LONGEST = 200;

    private static final int KEPT = 180;
    private static final String TAG = "_tag";
    private static final String ID = "id";
    private static final String CONSTANT = "constant";

    private ActionIds() {}

    static List<Action> of(List<?> multi) {
        List<Action> actions = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Object item : multi) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new LogFormatException("must be objects: c._multi." + actions.size());
            }
            Map<String, Object> written = object(map);
            String id = id(written);
            int before = seen.merge(id, 1, Integer::sum);
            actions.add(new Action(before == 1 ? id : id + "#" + before, DsjsonLists.unwrapped(features(written))));
        }
        return actions;
    }

    /** The items of {@code _multi}, from which {@link #of} makes the same ids. */
    static List<Map<String, Object>> written(List<Action> actions) {
        List<Map<String, Object>> plain = actions.stream().map(Action::features).toList();
        List<Map<String, Object>> written = new ArrayList<>();
        List<Action> told = of(plain);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            boolean asItIs = told.get(i).equals(action) && !plain.get(i).isEmpty();
            written.add(asItIs ? DsjsonLists.wrapped(plain.get(i)) : tagged(action));
        }
        return of(written).stream().map(Action::id).toList().equals(ids(actions))
                ? written
                : actions.stream().map(ActionIds::tagged).toList();
    }

    private static List<String> ids(List<Action> actions) {
        return actions.stream().map(Action::id).toList();
    }

    private static Map<String, Object> tagged(Action action) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put(CONSTANT, 1L);
        identity.put(ID, action.id());
        Map<String, Object> written = new LinkedHashMap<>();
        written.put(TAG, action.id());
        written.put("i", identity);
        Map<String, Object> features = DsjsonLists.wrapped(withoutMarks(action.features()));
        if (!features.isEmpty()) {
            written.put("j", List.of(features));
        }
        return written;
    }

    /** Without the keys that are not features: the format has meanings of its own for some of them. */
    static Map<String, Object> withoutMarks(Map<String, Object> features) {
        Map<String, Object> rest = new LinkedHashMap<>(features);
        rest.keySet().removeIf(key -> key.startsWith("_"));
        return rest;
    }

    private static Map<String, Object> features(Map<String, Object> written) {
        if (!Set.of(TAG, "i", "j").containsAll(written.keySet())
                || !(written.get("i") instanceof Map<?, ?> identity)
                || !identity.containsKey(ID)
                || !Set.of(CONSTANT, ID).containsAll(identity.keySet())
                || written.containsKey("j") && !objects(written.get("j"))) {
            return written;
        }
        return written.containsKey("j")
                ? FeatureObjects.together(((List<?>) written.get("j"))
                        .stream().map(item -> object((Map<?, ?>) item)).toList())
                : Map.of();
    }

    static boolean objects(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
    }

    static Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put((String) key, value));
        return object;
    }

    private static String id(Map<String, Object> features) {
        String tag = text(features.get(TAG));
        if (tag != null) {
            return cut(tag);
        }
        String own = text(features.get(ID));
        if (own != null) {
            return cut(own);
        }
        for (Object value : features.values()) {
            if (value instanceof Map<?, ?> namespace && text(namespace.get(ID)) != null) {
                return cut(text(namespace.get(ID)));
            }
        }
        return cut(Json.write(features));
    }

    private static String cut(String id) {
        return id.length() <= LONGEST ? id : id.substring(0, KEPT) + "~" + Integer.toHexString(id.hashCode());
    }

    private static String text(Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        return value instanceof Number number ? String.valueOf(number) : null;
    }
}
