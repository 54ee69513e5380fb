package io.leeway.core.logs;

import io.leeway.core.features.Action;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads decision-service JSON, the log of Vowpal Wabbit's decision service and of Azure Personalizer, one line at a time.
 * Thread-safe: no state.
 *
 * <p>{@code _label_cost} is minus the reward; {@code _label_probability} that of the chosen action; {@code _label_Action} its number
 * from 1 (or {@code _labelIndex} from 0); {@code a} the numbers of the actions, {@code p} their probabilities in the order of
 * {@code a}; {@code c} the context with the actions in {@code _multi}. {@code pdrop} is the share of events that was dropped before
 * this one was kept: it makes the event count 1 / (1 - pdrop), once, and never touches its probability. {@code _skipLearn} marks a
 * deferred decision that was not activated.
 *
 * @see "https://github.com/VowpalWabbit/vowpal_wabbit/wiki/DSJSON"
 */
public final class Dsjson {
    private Dsjson() {}

    /** Whether a line looks like one: a decision, or a reward without its decision. */
    public static boolean resembles(String line) {
        return line.contains("\"_label_") || line.contains("\"_labelIndex\"") || line.contains("\"_multi\"");
    }

    /** Reads one line; throws {@link LogFormatException} with the reason if it is no decision with its reward. */
    public static LoggedDecision read(String line) {
        try {
            return decision(Json.readObject(line));
        } catch (JsonException e) {
            throw new LogFormatException(e.getMessage(), e);
        }
    }

    private static LoggedDecision decision(JsonObject json) {
        if (!json.has("_label_cost")) {
            throw new LogFormatException(
                    json.has("RewardValue")
                            ? "must be a decision, is a reward whose decision is missing"
                            : json.has("_outcomes") || json.has("_slots")
                                    ? "must be a decision with one choice, has slots"
                                    : "must be given: _label_cost");
        }
        JsonObject context = json.object("c");
        List<Action> actions = ActionIds.of(context.list("_multi"));
        int chosen = chosen(json, actions.size());
        return new LoggedDecision(
                json.text("EventId", ""),
                json.text("Timestamp", ""),
                shared(context),
                actions,
                chosen,
                json.number("_label_probability"),
                probabilities(json, actions.size()),
                -json.number("_label_cost") + 0.0, // no -0.0
                represents(json),
                !json.flag("_skipLearn", false));
    }

    /** The context without the actions and other keys that are not features. */
    private static Map<String, Object> shared(JsonObject context) {
        Map<String, Object> shared = new LinkedHashMap<>();
        for (String name : context.names()) {
            if (!name.startsWith("_")) {
                shared.put(name, context.value(name));
            }
        }
        return shared;
    }

    private static int chosen(JsonObject json, int actions) {
        long number = json.has("_label_Action") ? json.integer("_label_Action") - 1 : json.integer("_labelIndex");
        if (number < 0 || number >= actions) {
            throw new LogFormatException("must be in 1 to " + actions + ": _label_Action=" + (number + 1));
        }
        if (json.has("_labelIndex") && json.integer("_labelIndex") != number) {
            throw new LogFormatException("must be _label_Action - 1: _labelIndex=" + json.integer("_labelIndex")
                    + " _label_Action=" + (number + 1));
        }
        return (int) number;
    }

    private static List<Double> probabilities(JsonObject json, int actions) {
        if (!json.has("p")) {
            return List.of();
        }
        double[] given = json.numbers("p");
        if (given.length != actions) {
            throw new LogFormatException("must be one for each of " + actions + " actions: p=" + given.length);
        }
        List<Double> ordered = new ArrayList<>(Collections.nCopies(actions, Double.NaN));
        List<?> order = json.has("a") ? json.list("a") : null;
        if (order != null && order.size() != actions) {
            throw new LogFormatException("must be one for each of " + actions + " actions: a=" + order.size());
        }
        for (int i = 0; i < actions; i++) {
            int place = order == null ? i : place(order.get(i), actions);
            if (!Double.isNaN(ordered.get(place))) {
                throw new LogFormatException("must name an action once: a=" + (place + 1));
            }
            ordered.set(place, given[i]);
        }
        return ordered;
    }

    private static int place(Object number, int actions) {
        if (!(number instanceof Long one) || one < 1 || one > actions) {
            throw new LogFormatException("must be in 1 to " + actions + ": a=" + number);
        }
        return (int) (one - 1);
    }

    private static double represents(JsonObject json) {
        double dropped = json.number("pdrop", 0);
        if (!(dropped >= 0 && dropped < 1)) {
            throw new LogFormatException("must be in [0, 1): pdrop=" + dropped);
        }
        return 1 / (1 - dropped);
    }
}
