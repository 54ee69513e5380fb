package io.leeway.simulator.traffic;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One line of a generated data set: a decision of a known random policy with what came of it.
 *
 * @param probabilities of each action, in the order of the actions; they add up to 1
 * @param action id of the chosen action
 * @param probability with which it was chosen
 */
public record OffPolicyRow(
        String eventId,
        Instant time,
        Map<String, Object> context,
        List<Action> actions,
        List<ActionProbability> probabilities,
        String action,
        double probability,
        double reward) {

    public OffPolicyRow {
        actions = List.copyOf(actions);
        probabilities = List.copyOf(probabilities);
        if (actions.size() != probabilities.size()) {
            throw new IllegalArgumentException("must be one probability for each action: actions=" + actions.size()
                    + ", probabilities=" + probabilities.size());
        }
    }
}
