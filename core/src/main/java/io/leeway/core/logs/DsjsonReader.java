package io.leeway.core.logs;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureObjects;
import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes a line of decision-service JSON apart. Stateless. */
final class DsjsonReader {
    private static final String FROM_URL = "FromUrl";

    private DsjsonReader() {}

    static LoggedEvent read(JsonObject json) {
        refuse(json);
        JsonObject context = json.object("c");
        List<Action> actions = ActionIds.of(context.list("_multi"));
        boolean several = json.has("_outcomes");
        List<LoggedSlot> slots =
                several ? DsjsonSlots.read(json.objects("_outcomes"), context) : List.of(single(json, actions.size()));
        return new LoggedEvent(
                json.text("EventId", ""),
                json.text("Timestamp", ""),
                shared(context),
                actions,
                slots,
                json.has("VWState") ? json.object("VWState").text("m", "") : "",
                dropped(json),
                !json.flag("_skipLearn", false) && !(several && DsjsonSlots.skipped(json.objects("_outcomes"))));
    }

    private static void refuse(JsonObject json) {
        if (json.has("_label_ca")) {
            throw new LogFormatException("must choose among actions, continuous ones are not supported: _label_ca");
        }
        if (json.has("_outcomes")) {
            if (json.has("_label_cost")) {
                throw new LogFormatException("must have a cost for each slot, slates are not supported: _label_cost");
            }
            return;
        }
        if (!json.has("_label_cost")) {
            throw new LogFormatException(
                    json.has("RewardValue")
                            ? "must be a decision, is a reward whose decision is missing"
                            : json.has("c") && json.object("c").has("_slots")
                                    ? "must be given: _outcomes"
                                    : "must be given: _label_cost");
        }
    }

    /** The context without the actions and other keys that are not features; what Personalizer was sent is not nested. */
    private static Map<String, Object> shared(JsonObject context) {
        Map<String, Object> shared = new LinkedHashMap<>();
        List<Map<String, Object>> sent = new ArrayList<>();
        for (String name : context.names()) {
            if (name.equals(FROM_URL) && ActionIds.objects(context.value(name))) {
                context.list(name).forEach(object -> sent.add(ActionIds.object((Map<?, ?>) object)));
            } else if (!name.startsWith("_")) {
                shared.put(name, context.value(name));
            }
        }
        if (!sent.isEmpty()) {
            sent.add(shared);
            shared = FeatureObjects.together(sent);
        }
        return DsjsonLists.unwrapped(shared);
    }

    private static LoggedSlot single(JsonObject json, int actions) {
        int chosen = chosen(json, actions);
        List<Integer> order = order(json, actions);
        List<Double> given = probabilities(json, actions);
        List<Integer> ranking = new ArrayList<>(List.of(chosen));
        List<Double> probabilities = new ArrayList<>();
        if (!given.isEmpty()) {
            probabilities.add(given.get(order.indexOf(chosen)));
        }
        for (int i = 0; i < actions; i++) {
            if (order.get(i) != chosen) {
                ranking.add(order.get(i));
                if (!given.isEmpty()) {
                    probabilities.add(given.get(i));
                }
            }
        }
        double reward = reward(json.number("_label_cost"));
        return new LoggedSlot(
                LoggedSlot.MAIN,
                Map.of(),
                ranking,
                probability(json, probabilities),
                probabilities,
                reward,
                reward(json.number("_original_label_cost", json.number("_label_cost"))),
                outcomes(json, "o"));
    }

    /**
     * Some writers multiply the label's probability by the share of events that is kept. Since pdrop says the same once more, it
     * would count twice.
     */
    private static double probability(JsonObject json, List<Double> probabilities) {
        double label = json.number("_label_probability");
        double ofChosen = probabilities.isEmpty() ? label : probabilities.get(0);
        double kept = ofChosen * (1 - dropped(json));
        boolean multiplied =
                Math.abs(label - ofChosen) > LoggedSlot.ROUNDING && Math.abs(label - kept) <= LoggedSlot.ROUNDING;
        return multiplied ? ofChosen : label;
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

    /** Indexes of all actions in the order of {@code a}; in their own where there is none, or it says less than {@code p} needs. */
    private static List<Integer> order(JsonObject json, int actions) {
        List<Integer> own = IntStream.range(0, actions).boxed().toList();
        if (!json.has("a")) {
            return own;
        }
        List<?> numbers = json.list("a");
        if (numbers.size() != actions) {
            if (!json.has("p")) {
                return own;
            }
            throw new LogFormatException("must be one for each of " + actions + " actions: a=" + numbers.size());
        }
        List<Integer> order = new ArrayList<>();
        for (Object number : numbers) {
            if (!(number instanceof Long one) || one < 1 || one > actions) {
                throw new LogFormatException("must be in 1 to " + actions + ": a=" + number);
            }
            if (order.contains((int) (one - 1))) {
                throw new LogFormatException("must name an action once: a=" + one);
            }
            order.add((int) (one - 1));
        }
        return order;
    }

    private static List<Double> probabilities(JsonObject json, int actions) {
        if (!json.has("p")) {
            return List.of();
        }
        double[] given = json.numbers("p");
        if (given.length != actions) {
            throw new LogFormatException("must be one for each of " + actions + " actions: p=" + given.length);
        }
        return IntStream.range(0, actions).mapToObj(i -> given[i]).toList();
    }

    static List<Outcome> outcomes(JsonObject json, String name) {
        if (!json.has(name)) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (JsonObject one : json.objects(name)) {
            if (one.flag("ActionTaken", false)) {
                outcomes.add(Outcome.activation());
            } else if (one.value("v") instanceof Number) {
                outcomes.add(Outcome.reward(one.number("v")));
            }
        }
        return Collections.unmodifiableList(outcomes);
    }

    static double reward(double cost) {
        return -cost + 0.0; // no -0.0
    }

    private static double dropped(JsonObject json) {
        double dropped = json.number("pdrop", 0);
        if (!(dropped >= 0 && dropped < 1)) {
            throw new LogFormatException("must be in [0, 1): pdrop=" + dropped);
        }
        return dropped;
    }
}
