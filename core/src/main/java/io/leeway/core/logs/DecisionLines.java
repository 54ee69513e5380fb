package io.leeway.core.logs;

import io.leeway.core.features.Action;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads Leeway's own lines of history, as they are imported: {@code eventId}, {@code time}, {@code context}, {@code actions}
 * (optional), {@code action}, {@code probability} or {@code probabilities}, {@code reward}. Thread-safe: no state.
 */
public final class DecisionLines {
    private DecisionLines() {}

    /** Reads one line of either format; throws {@link LogFormatException} with the reason if it is no decision with its reward. */
    public static LoggedDecision readAny(String line) {
        return Dsjson.resembles(line) ? Dsjson.read(line) : read(line);
    }

    /** Reads one line; throws {@link LogFormatException} with the reason if it is no decision with its reward. */
    public static LoggedDecision read(String line) {
        try {
            return decision(Json.readObject(line));
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have texts as keys
    private static LoggedDecision decision(JsonObject json) {
        String chosen = json.text("action");
        List<String> ids = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        if (json.has("probabilities")) {
            for (JsonObject one : json.objects("probabilities")) {
                ids.add(one.text("action"));
                probabilities.add(one.number("probability"));
            }
        }
        List<Action> offered = new ArrayList<>();
        if (json.has("actions")) {
            for (JsonObject one : json.objects("actions")) {
                Object features = one.value("features");
                offered.add(new Action(
                        one.text("id"), features instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of()));
            }
        }
        List<Action> eligible = eligible(offered, ids);
        int index = eligible.stream().map(Action::id).toList().indexOf(chosen);
        if (index < 0) {
            throw new LogFormatException("must be among the actions: action=" + chosen);
        }
        boolean complete = ids.size() > 1 || eligible.size() == 1;
        double probability =
                json.has("probability") || ids.isEmpty() ? json.number("probability") : probabilities.get(index);
        return new LoggedDecision(
                json.text("eventId", ""),
                json.text("time", ""),
                json.has("context") ? (Map<String, Object>) json.value("context") : Map.of(),
                eligible,
                index,
                probability,
                complete && !ids.isEmpty() ? probabilities : List.of(),
                json.number("reward"),
                1,
                true);
    }

    /** The actions of the probabilities in their order, with the features that were offered; all offered ones without any. */
    private static List<Action> eligible(List<Action> offered, List<String> ids) {
        if (ids.isEmpty() || ids.size() == 1 && offered.size() > 1) {
            return offered;
        }
        return ids.stream()
                .map(id -> offered.stream()
                        .filter(action -> action.id().equals(id))
                        .findFirst()
                        .orElseGet(() -> Action.of(id)))
                .toList();
    }
}
