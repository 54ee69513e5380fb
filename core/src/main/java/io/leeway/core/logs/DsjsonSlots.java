package io.leeway.core.logs;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The slots of a line of decision-service JSON: their features in {@code c._slots}, their labels in {@code _outcomes}. Stateless. */
final class DsjsonSlots {
    private static final String ID = "_id";

    private DsjsonSlots() {}

    static List<LoggedSlot> read(List<JsonObject> outcomes, JsonObject context) {
        List<JsonObject> slots = context.objects("_slots");
        if (slots.size() != outcomes.size()) {
            throw new LogFormatException(
                    "must be one for each of " + slots.size() + " slots: _outcomes=" + outcomes.size());
        }
        List<LoggedSlot> read = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            read.add(slot(slots.get(i), outcomes.get(i), "slot" + (i + 1)));
        }
        return read;
    }

    static boolean skipped(List<JsonObject> outcomes) {
        return outcomes.stream().anyMatch(outcome -> outcome.flag("_skipLearn", false));
    }

    /** An outcome's id is one of its own for each event where the slot has none. */
    private static LoggedSlot slot(JsonObject slot, JsonObject outcome, String place) {
        List<Integer> ranking = ranking(outcome);
        List<Double> probabilities = probabilities(outcome, ranking.size());
        double reward = DsjsonReader.reward(outcome.number("_label_cost"));
        return new LoggedSlot(
                slot.text(ID, place),
                features(slot),
                ranking,
                probabilities.get(0),
                ranking.size() == 1 && probabilities.get(0) < 1 ? List.of() : probabilities,
                reward,
                DsjsonReader.reward(outcome.number("_original_label_cost", outcome.number("_label_cost"))),
                DsjsonReader.outcomes(outcome, "_o"));
    }

    private static Map<String, Object> features(JsonObject slot) {
        Map<String, Object> features = new LinkedHashMap<>();
        slot.names().stream()
                .filter(name -> !name.startsWith("_"))
                .forEach(name -> features.put(name, slot.value(name)));
        return DsjsonLists.unwrapped(features);
    }

    private static List<Integer> ranking(JsonObject outcome) {
        List<Integer> ranking = new ArrayList<>();
        for (Object index : list(outcome, "_a")) {
            if (!(index instanceof Long one) || one < 0 || one > Integer.MAX_VALUE) {
                throw new LogFormatException("must be >= 0: _a=" + index);
            }
            ranking.add(one.intValue());
        }
        if (ranking.isEmpty()) {
            throw new LogFormatException("must name the chosen action: _a=[]");
        }
        return ranking;
    }

    private static List<Double> probabilities(JsonObject outcome, int actions) {
        List<Double> probabilities = new ArrayList<>();
        for (Object probability : list(outcome, "_p")) {
            if (!(probability instanceof Number one)) {
                throw new LogFormatException("must be numbers: _p=" + probability);
            }
            probabilities.add(one.doubleValue());
        }
        if (probabilities.size() != actions) {
            throw new LogFormatException("must be one for each of " + actions + " actions: _p=" + probabilities.size());
        }
        return probabilities;
    }

    private static List<?> list(JsonObject outcome, String name) {
        return outcome.value(name) instanceof Number one ? List.of(one) : outcome.list(name);
    }

    static List<Map<String, Object>> features(List<LoggedSlot> slots) {
        return slots.stream()
                .map(slot -> {
                    Map<String, Object> written = new LinkedHashMap<>();
                    written.put(ID, slot.name());
                    written.putAll(DsjsonLists.wrapped(ActionIds.withoutMarks(slot.features())));
                    return written;
                })
                .toList();
    }
}
