package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Loop;
import io.leeway.contracts.SlotRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a decision chooses among: the actions that were offered, without those excluded, in the order of the offer. */
final class EligibleActions {
    private final List<Action> offered;
    private final List<String> excluded;
    private final List<Action> actions;

    private EligibleActions(List<Action> offered, Set<String> excluded, List<Action> actions) {
        this.offered = offered;
        this.excluded = List.copyOf(excluded);
        this.actions = actions;
    }

    /** @throws ContractViolation if nothing is left, or the request excludes what it does not offer */
    static EligibleActions of(Loop loop, DecisionRequest request, int mostActions) {
        List<Action> offered = request.actions() == null ? loop.settings().actions() : request.actions();
        if (offered.isEmpty()) {
            throw new ContractViolation(
                    "actions",
                    request.actions() == null
                            ? "must be given, because loop " + loop.name() + " has no actions of its own"
                            : "must have at least one action",
                    request.actions());
        }
        if (offered.size() > mostActions) {
            throw new ContractViolation("actions", "must be at most " + mostActions, offered.size() + " actions");
        }
        if (request.actions() != null) {
            for (int i = 0; i < offered.size(); i++) {
                requireUsable(i, offered.get(i));
            }
        }
        Set<String> excluded = excluded(request, offered);
        List<Action> actions = offered;
        if (!excluded.isEmpty()) {
            actions = offered.stream().filter(a -> !excluded.contains(a.id())).toList();
        }
        if (actions.isEmpty()) {
            throw new ContractViolation("excluded", "must leave at least one action", excluded);
        }
        return new EligibleActions(offered, excluded, actions);
    }

    private static void requireUsable(int index, Action action) {
        if (!action.features().isEmpty()) {
            JsonValues.requireUsable("actions[" + index + "].features", action.features());
        }
    }

    private static Set<String> excluded(DecisionRequest request, List<Action> offered) {
        Set<String> excluded = new LinkedHashSet<>(request.excluded());
        if (request.slots().size() > 1) {
            throw new ContractViolation(
                    "slots", "must be at most one", request.slots().size() + " slots");
        }
        for (SlotRequest slot : request.slots()) {
            if (!slot.features().isEmpty()) {
                throw new ContractViolation("slots[0].features", "must be part of the context", slot.features());
            }
            excluded.addAll(slot.excluded());
        }
        if (excluded.isEmpty()) {
            return excluded;
        }
        Set<String> known = new HashSet<>();
        offered.forEach(action -> known.add(action.id()));
        for (String id : excluded) {
            if (!known.contains(id)) {
                throw new ContractViolation("excluded", "must be among the actions", id);
            }
        }
        return excluded;
    }

    /** Everything that was offered, excluded or not. */
    List<Action> offered() {
        return offered;
    }

    List<String> excluded() {
        return excluded;
    }

    /** The eligible actions, at least one. */
    List<Action> actions() {
        return actions;
    }

    int size() {
        return actions.size();
    }

    /** -1 if the action is not eligible. */
    int indexOf(String id) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** As the policy wants them; a loop's own actions are not mapped for every decision. */
    List<io.leeway.core.features.Action> toCore(ServingLoop serving) {
        if (actions == serving.loop().settings().actions()) {
            return serving.ownActions();
        }
        return Actions.toCore(actions);
    }
}
