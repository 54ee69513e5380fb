package io.leeway.core.logs;

import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a line of decision-service JSON, its keys in the order in which Vowpal Wabbit's own converter writes them. Stateless.
 *
 * <p>Of a decision of one choice only the eligible actions are written, since every action of a line counts as eligible.
 */
final class DsjsonWriter {
    private static final String VERSION = "1";
    private static final String NO_MODEL = "N/A";

    private DsjsonWriter() {}

    static Map<String, Object> line(LoggedEvent event) {
        return event.single() ? single(event, event.slots().get(0)) : several(event);
    }

    private static Map<String, Object> single(LoggedEvent event, LoggedSlot slot) {
        List<Integer> eligible = slot.ranking().stream().sorted().toList();
        List<Action> actions = eligible.stream().map(event.actions()::get).toList();
        List<Long> numbers = slot.ranking().stream()
                .map(index -> eligible.indexOf(index) + 1L)
                .toList();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_label_cost", -slot.reward());
        line.put("_label_probability", slot.probability());
        line.put("_label_Action", numbers.get(0));
        line.put("_labelIndex", numbers.get(0) - 1);
        skipLearn(event, line);
        line.put("o", outcomes(event, slot, false));
        head(event, line);
        line.put("a", numbers);
        line.put("c", context(event, actions));
        if (!slot.probabilities().isEmpty()) {
            line.put("p", slot.probabilities());
        }
        tail(event, line);
        line.put("_original_label_cost", -slot.originalReward());
        return line;
    }

    private static Map<String, Object> several(LoggedEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        head(event, line);
        Map<String, Object> context = context(event, event.actions());
        context.put("_slots", DsjsonSlots.features(event.slots()));
        line.put("c", context);
        line.put(
                "_outcomes",
                event.slots().stream().map(slot -> outcome(event, slot)).toList());
        tail(event, line);
        skipLearn(event, line);
        return line;
    }

    private static Map<String, Object> outcome(LoggedEvent event, LoggedSlot slot) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("_label_cost", -slot.reward());
        outcome.put("_id", slot.name());
        boolean complete = !slot.probabilities().isEmpty();
        outcome.put("_a", complete ? slot.ranking() : List.of(slot.chosen()));
        outcome.put("_p", complete ? slot.probabilities() : List.of(slot.probability()));
        outcome.put("_o", outcomes(event, slot, true));
        outcome.put("_original_label_cost", -slot.originalReward());
        return outcome;
    }

    private static void skipLearn(LoggedEvent event, Map<String, Object> line) {
        if (!event.learnable()) {
            line.put("_skipLearn", true);
        }
    }

    private static void head(LoggedEvent event, Map<String, Object> line) {
        if (!event.time().isEmpty()) {
            line.put("Timestamp", event.time());
        }
        line.put("Version", VERSION);
        line.put("EventId", event.eventId());
    }

    private static void tail(LoggedEvent event, Map<String, Object> line) {
        line.put("VWState", Map.of("m", event.model().isEmpty() ? NO_MODEL : event.model()));
        if (event.dropped() > 0) {
            line.put("pdrop", event.dropped());
        }
    }

    private static Map<String, Object> context(LoggedEvent event, List<Action> actions) {
        Map<String, Object> context = DsjsonLists.wrapped(ActionIds.withoutMarks(event.context()));
        context.put("_multi", ActionIds.written(actions));
        return context;
    }

    private static List<Map<String, Object>> outcomes(LoggedEvent event, LoggedSlot slot, boolean ofSlot) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Outcome outcome : slot.outcomes()) {
            Map<String, Object> one = new LinkedHashMap<>();
            if (!outcome.isActivation()) {
                one.put("v", outcome.value());
            }
            one.put("EventId", event.eventId());
            if (ofSlot) {
                one.put("Index", slot.name());
            }
            one.put("ActionTaken", outcome.isActivation());
            written.add(one);
        }
        return written;
    }
}
