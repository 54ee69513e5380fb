package io.leeway.drift;

import io.leeway.contracts.ActionProbability;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the model that took a decision held best: the actions of the highest score that could be taken, or the most probable ones where a
 * score was not logged.
 *
 * @param actions one, or several that are held equally good
 * @param score their predicted reward; null where it is not known
 */
record Greedy(Set<String> actions, Double score) {
    /** Probabilities that differ by less are alike: they come out of a division. */
    private static final double ALIKE = 1e-9;

    static Greedy of(List<ActionProbability> eligible) {
        List<ActionProbability> possible =
                eligible.stream().filter(one -> one.probability() > 0).toList();
        boolean scored = possible.stream().allMatch(one -> one.score() != null);
        ToDoubleFunction<ActionProbability> worth = scored ? ActionProbability::score : ActionProbability::probability;
        double best = possible.stream().mapToDouble(worth).max().orElse(0);
        double margin = scored ? 0 : ALIKE;
        Set<String> actions = possible.stream()
                .filter(one -> worth.applyAsDouble(one) >= best - margin)
                .map(ActionProbability::action)
                .collect(Collectors.toSet());
        return new Greedy(actions, scored && !possible.isEmpty() ? best : null);
    }

    /** Probability with which the greedy policy takes an action, ties shared evenly. */
    double share(String action) {
        return actions.contains(action) ? 1.0 / actions.size() : 0;
    }
}
