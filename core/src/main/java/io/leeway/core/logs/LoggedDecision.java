package io.leeway.core.logs;

import io.leeway.core.features.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One decision of a log with its reward. Immutable.
 *
 * @param time as the log writes it; empty if it does not
 * @param actions what could be chosen, in the log's order
 * @param chosen index among the actions
 * @param probability with which it was chosen, in (0, 1]
 * @param probabilities of all actions in their order, summing to 1 within 1e-6; empty where only that of the chosen one is known
 * @param reward finite, the higher the better
 * @param represents how many decisions this one stands for, >= 1: a log that drops a share d of its events keeps each for 1 / (1 - d)
 * @param learnable false for a decision that was never activated: it is neither learned from nor evaluated
 */
public record LoggedDecision(
        String eventId,
        String time,
        Map<String, Object> context,
        List<Action> actions,
        int chosen,
        double probability,
        List<Double> probabilities,
        double reward,
        double represents,
        boolean learnable) {
    public LoggedDecision {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        actions = List.copyOf(actions);
        probabilities = List.copyOf(probabilities);
        if (actions.isEmpty()) {
            throw new LogFormatException("must be >= 1: actions=0");
        }
        if (chosen < 0 || chosen >= actions.size()) {
            throw new LogFormatException("must be one of " + actions.size() + " actions: chosen=" + chosen);
        }
        if (!Double.isFinite(reward)) {
            throw new LogFormatException("must be finite: reward=" + reward);
        }
        if (!(represents >= 1) || Double.isInfinite(represents)) {
            throw new LogFormatException("must be finite and >= 1: represents=" + represents);
        }
        LoggedSlot.check(actions.size(), chosen, probability, probabilities);
    }

    /** Whether the probabilities of all actions are known. */
    public boolean complete() {
        return !probabilities.isEmpty();
    }
}
