package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Loop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a request offers to choose among, and what it excludes. Immutable. */
final class Offer {
    private final List<Action> actions;
    private final List<io.leeway.core.features.Action> core;
    private final List<String> excluded;

    private Offer(List<Action> actions, List<io.leeway.core.features.Action> core, Set<String> excluded) {
        this.actions = actions;
        this.core = core;
        this.excluded = List.copyOf(excluded);
    }

    /** The actions that one slot chooses among, at least one, in the order of the offer; twice, as contracts and core have them. */
    record Eligible(List<Action> actions, List<io.leeway.core.features.Action> core) {
        int size() {
            return actions.size();
        }

        /** -1 if the action is not eligible, or null. */
        int indexOf(String id) {
            for (int i = 0; id != null && i < actions.size(); i++) {
                if (actions.get(i).id().equals(id)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** @throws ContractViolation if nothing is left, or the request excludes what it does not offer */
    static Offer of(ServingLoop serving, DecisionRequest request, int mostActions) {
        Loop loop = serving.loop();
        boolean own = request.actions() == null;
        List<Action> actions = own ? loop.settings().actions() : request.actions();
        if (actions.isEmpty()) {
            throw new ContractViolation(
                    "actions",
                    own
                            ? "must be given, because loop " + loop.name() + " has no actions of its own"
                            : "must have at least one action",
                    request.actions());
        }
        if (actions.size() > mostActions) {
            throw new ContractViolation("actions", "must be at most " + mostActions, actions.size() + " actions");
        }
        if (!own) {
            for (int i = 0; i < actions.size(); i++) {
                JsonValues.requireUsable(
                        "actions[" + i + "].features", actions.get(i).features());
            }
        }
        Set<String> excluded = new LinkedHashSet<>(request.excluded());
        Offer offer = new Offer(actions, own ? serving.ownActions() : Actions.toCore(actions), excluded);
        offer.requireOffered("excluded", request.excluded());
        if (!excluded.isEmpty() && offer.eligible(Set.of(), Set.of()).actions.isEmpty()) {
            throw new ContractViolation("excluded", "must leave at least one action", excluded);
        }
        return offer;
    }

    /** Everything that was offered, excluded or not. */
    List<Action> actions() {
        return actions;
    }

    List<String> excluded() {
        return excluded;
    }

    /** @throws ContractViolation naming the first id that is not among the actions */
    void requireOffered(String field, Collection<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>();
        actions.forEach(action -> known.add(action.id()));
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new ContractViolation(field, "must be among the actions", id);
            }
        }
    }

    /** What is left without what the request or the slot excludes and what earlier slots took; may be empty. */
    Eligible eligible(Collection<String> excludedHere, Set<String> taken) {
        if (excluded.isEmpty() && excludedHere.isEmpty() && taken.isEmpty()) {
            return new Eligible(actions, core);
        }
        Set<String> out = new HashSet<>(excluded);
        out.addAll(excludedHere);
        out.addAll(taken);
        List<Action> left = new ArrayList<>(actions.size());
        List<io.leeway.core.features.Action> coreLeft = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            if (!out.contains(actions.get(i).id())) {
                left.add(actions.get(i));
                coreLeft.add(core.get(i));
            }
        }
        return new Eligible(left, coreLeft);
    }
}
