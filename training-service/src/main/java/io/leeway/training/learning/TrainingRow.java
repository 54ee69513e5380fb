package io.leeway.training.learning;

import io.leeway.core.features.Action;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Scorer;
import io.leeway.core.promotion.JudgedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row to learn from; one line of a data set.
 *
 * @param eventId with the slot's name behind it where a decision has several slots
 * @param actions the eligible ones in the order of the log; empty in regression
 * @param probabilities with which the logging policy took each of them; they may not be all there in imported history, and then
 *     do not sum to 1
 * @param chosen index of the action that was taken; -1 in regression
 * @param probability with which it was taken, in (0, 1]; 1 in regression
 * @param reward or the observed value; finite
 */
public record TrainingRow(
        String eventId,
        Instant time,
        Map<String, Object> context,
        List<Action> actions,
        List<Double> probabilities,
        int chosen,
        double probability,
        double reward) {
    public TrainingRow {
        if (chosen >= actions.size() || probabilities.size() != actions.size()) {
            throw new IllegalArgumentException("must be one probability per action: actions=" + actions.size()
                    + " probabilities=" + probabilities.size() + " chosen=" + chosen);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("must be in (0, 1]: probability=" + probability);
        }
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
    }

    public static TrainingRow regression(String eventId, Instant time, Map<String, Object> context, double value) {
        return new TrainingRow(eventId, time, context, List.of(), List.of(), -1, 1, value);
    }

    /** The action that was taken. */
    public Action action() {
        return actions.get(chosen);
    }

    /** What a model predicts for the row: the value, or the reward of the action that was taken. */
    double scoredBy(Scorer scorer) {
        return chosen < 0 ? scorer.predict(context) : scorer.score(context, List.of(action()))[0];
    }

    /** As gates judge by it. */
    public JudgedRow judged() {
        return new JudgedRow(time, context, actions, probabilities, chosen, probability, reward);
    }

    /** Canonical JSON on one line: equal rows give equal bytes. */
    public String toLine() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventId", eventId);
        json.put("time", time.toString());
        json.put("context", context);
        json.put("reward", reward);
        if (chosen >= 0) {
            json.put("actions", actions.stream().map(TrainingRow::actionToJson).toList());
            json.put("probabilities", probabilities);
            json.put("chosen", chosen);
            json.put("probability", probability);
        }
        return Json.write(json);
    }

    @SuppressWarnings("unchecked")
    static TrainingRow fromLine(String line) {
        JsonObject json = Json.readObject(line);
        Map<String, Object> context = (Map<String, Object>) json.value("context");
        Instant time = Instant.parse(json.text("time"));
        if (!json.has("chosen")) {
            return regression(json.text("eventId"), time, context, json.number("reward"));
        }
        List<Action> actions = new ArrayList<>();
        for (JsonObject action : json.objects("actions")) {
            actions.add(new Action(action.text("id"), (Map<String, Object>) action.value("features")));
        }
        return new TrainingRow(
                json.text("eventId"),
                time,
                context,
                actions,
                json.list("probabilities").stream()
                        .map(p -> ((Number) p).doubleValue())
                        .toList(),
                Math.toIntExact(json.integer("chosen")),
                json.number("probability"),
                json.number("reward"));
    }

    private static Map<String, Object> actionToJson(Action action) {
        return action.features().isEmpty()
                ? Map.of("id", action.id())
                : Map.of("id", action.id(), "features", action.features());
    }
}
