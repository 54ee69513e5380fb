package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reference profile of a model, or the profile of a window of live traffic: what inputs, predictions, actions and rewards
 * looked like. Immutable.
 *
 * @param rows rows observed
 * @param inputs by leaf path of the context
 * @param predictions predicted values or scores of the chosen action
 * @param rewards observed rewards
 * @param actions which actions were chosen, as categories
 */
public record Profile(
        long rows,
        Map<String, InputProfile> inputs,
        InputProfile predictions,
        InputProfile rewards,
        InputProfile actions) {
    public static final Profile EMPTY =
            new Profile(0, Map.of(), InputProfile.EMPTY, InputProfile.EMPTY, InputProfile.EMPTY);

    public Profile {
        if (rows < 0) {
            throw new IllegalArgumentException("must be >= 0: rows=" + rows);
        }
        inputs = Map.copyOf(inputs);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        Map<String, Object> byPath = new TreeMap<>();
        inputs.forEach((path, input) -> byPath.put(path, input.toJson()));
        json.put("inputs", byPath);
        json.put("predictions", predictions.toJson());
        json.put("rewards", rewards.toJson());
        json.put("actions", actions.toJson());
        return json;
    }

    public static Profile fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return new Profile(
                object.integer("rows"),
                object.map("inputs", (inputs, path) -> InputProfile.fromJson(inputs.object(path))),
                InputProfile.fromJson(object.object("predictions")),
                InputProfile.fromJson(object.object("rewards")),
                InputProfile.fromJson(object.object("actions")));
    }
}
