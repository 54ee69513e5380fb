package io.leeway.core.promotion;

import io.leeway.core.features.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One logged decision, or in regression one prediction, with what came of it.
 *
 * @param actions the eligible ones in the order of the log; empty in regression
 * @param probabilities with which the logging policy took each of them; imported history may not have kept them all, and then they do
 *     not sum to 1
 * @param chosen index of the action that was taken; -1 in regression
 * @param probability with which it was taken, in (0, 1]; 1 in regression
 * @param reward or the observed value
 */
public record JudgedRow(
        Instant time,
        Map<String, Object> context,
        List<Action> actions,
        List<Double> probabilities,
        int chosen,
        double probability,
        double reward) {
    private static final double WHOLE = 1e-6;

    public static JudgedRow regression(Instant time, Map<String, Object> context, double value) {
        return new JudgedRow(time, context, List.of(), List.of(), -1, 1, value);
    }

    /** The action that was taken. */
    public Action action() {
        return actions.get(chosen);
    }

    /** Whether the log kept the probabilities of all actions. */
    boolean complete() {
        double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
        return Math.abs(sum - 1) <= WHOLE;
    }

    /** The eligible actions that were logged with a probability above 0; all of them where history did not keep the others'. */
    List<Action> supported() {
        if (!complete()) {
            return actions;
        }
        List<Action> supported = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            if (probabilities.get(i) > 0) {
                supported.add(actions.get(i));
            }
        }
        return supported;
    }
}
