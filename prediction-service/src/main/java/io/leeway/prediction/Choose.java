package io.leeway.prediction;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses among actions: a pure function of a loop as it serves, a request, an event id and the time. Everything that is logged
 * comes from the one {@link ServingLoop} that it was given. Slots are filled one after the other, each from what those before left.
 */
final class Choose {
    /** What a decision's random number is for; part of its seed. */
    static final String PURPOSE = Seeds.ACTION;

    private Choose() {}

    /** @throws ContractViolation if the request cannot be decided; it names field and value */
    static Decision choose(ServingLoop serving, DecisionRequest request, String eventId, Instant now, int mostActions) {
        Loop loop = serving.loop();
        if (loop.kind() == LoopKind.MDP && request.episode() == null) {
            throw new ContractViolation("episode", "must be given in an mdp loop", null);
        }
        Offer offer = Offer.of(serving, request, mostActions);
        List<SlotRequest> slots = Slots.of(request, offer, mostActions);
        Fill fill = fill(serving, request, eventId, offer, slots);
        List<SlotDecision> decided = new ArrayList<>(slots.size());
        List<FeatureEffect> explanation = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < slots.size(); i++) {
            SlotRequest slot = slots.get(i);
            Offer.Eligible eligible = offer.eligible(slot.excluded(), taken);
            if (eligible.size() == 0) {
                throw new ContractViolation(
                        "slots[" + i + "]", "must have an action left that no slot before took", slot.name());
            }
            SlotDecision one = fill.fill(slot, eligible);
            decided.add(one);
            taken.add(one.action());
            if (request.explain()) {
                explanation.addAll(fill.explain(one, eligible));
            }
        }
        return Decision.builder(loop.name(), eventId, loop.kind(), request.time() == null ? now : request.time())
                .loopRevision(loop.revision())
                .context(request.context())
                .actions(offer.actions())
                .excluded(offer.excluded())
                .slots(decided)
                .modelVersion(fill.modelVersion())
                .checkpoint(fill.checkpoint())
                .policy(fill.policy())
                .components(fill.components())
                .drawnComponent(fill.drawnComponent())
                .shadows(fill.shadows())
                .deferred(request.deferred())
                .episode(request.episode())
                .explanation(explanation)
                .other(request.other())
                .build();
    }

    private static Fill fill(
            ServingLoop serving, DecisionRequest request, String eventId, Offer offer, List<SlotRequest> slots) {
        String salt = serving.loop().salt();
        String pinned = serving.pinnedAction().orElse(null);
        if (pinned != null
                && slots.stream()
                        .anyMatch(slot ->
                                offer.eligible(slot.excluded(), Set.of()).indexOf(pinned) >= 0)) {
            return new CertainFill(salt, eventId, request.context(), ServingPolicy.FROZEN, pinned, serving.shadows());
        }
        ServingMode mode = serving.mode();
        if (mode != ServingMode.ONLINE) {
            return new CertainFill(salt, eventId, request.context(), mode.word(), null, serving.shadows());
        }
        return new DrawnFill(salt, eventId, request.context(), serving.components(), serving.shadows());
    }
}
