package io.leeway.core.logs;

import io.leeway.core.features.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One event of a decision-service log: a decision of one or more slots with what came of it. Immutable.
 *
 * @param time as the log writes it; empty if it does not
 * @param actions what could be chosen, in the log's order
 * @param model name of the model that decided, as the log writes it; empty if it does not
 * @param dropped share of the events that was dropped before this one was kept, in [0, 1); it never touches a probability
 * @param learnable false for a decision that was never activated: it is neither learned from nor evaluated
 */
public record LoggedEvent(
        String eventId,
        String time,
        Map<String, Object> context,
        List<Action> actions,
        List<LoggedSlot> slots,
        String model,
        double dropped,
        boolean learnable) {

    public LoggedEvent {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        actions = List.copyOf(actions);
        slots = List.copyOf(slots);
        if (slots.isEmpty()) {
            throw new LogFormatException("must be >= 1: slots=0");
        }
        if (slots.stream().map(LoggedSlot::name).distinct().count() < slots.size()) {
            throw new LogFormatException("must name a slot once: slots="
                    + slots.stream().map(LoggedSlot::name).toList());
        }
        for (LoggedSlot slot : slots) {
            for (int action : slot.ranking()) {
                if (action < 0 || action >= actions.size()) {
                    throw new LogFormatException("must be in 1 to " + actions.size() + ": a=" + (action + 1));
                }
            }
        }
        if (!(dropped >= 0 && dropped < 1)) {
            throw new LogFormatException("must be in [0, 1): pdrop=" + dropped);
        }
    }

    /** Whether it is one choice without anything of a slot's own. */
    public boolean single() {
        return slots.size() == 1
                && slots.get(0).name().equals(LoggedSlot.MAIN)
                && slots.get(0).features().isEmpty();
    }

    /** Whether somebody said that it was shown. */
    public boolean activated() {
        return slots.stream().flatMap(slot -> slot.outcomes().stream()).anyMatch(Outcome::isActivation);
    }

    /** As a decision of one choice; throws {@link LogFormatException} if it has slots. */
    public LoggedDecision decision() {
        if (!single()) {
            throw new LogFormatException("must be a decision with one choice, has slots");
        }
        LoggedSlot slot = slots.get(0);
        List<Double> probabilities = List.of();
        if (slot.probabilities().size() == actions.size()) {
            Double[] ordered = new Double[actions.size()];
            for (int i = 0; i < ordered.length; i++) {
                ordered[slot.ranking().get(i)] = slot.probabilities().get(i);
            }
            probabilities = List.of(ordered);
        }
        return new LoggedDecision(
                eventId,
                time,
                context,
                actions,
                slot.chosen(),
                slot.probability(),
                probabilities,
                slot.reward(),
                1 / (1 - dropped),
                learnable);
    }
}
