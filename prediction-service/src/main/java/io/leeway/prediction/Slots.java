package io.leeway.prediction;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The places that a request wants filled: those that it names, or one named main. Stateless. */
final class Slots {
    private Slots() {}

    /** @throws ContractViolation if a slot cannot be filled, whatever the others take; it names slot and value */
    static List<SlotRequest> of(DecisionRequest request, Offer offer, int mostActions) {
        if (request.baseline() != null) {
            offer.requireOffered("baseline", List.of(request.baseline()));
        }
        List<SlotRequest> slots = request.slots();
        if (slots.isEmpty()) {
            return List.of(new SlotRequest(SlotDecision.MAIN, null, null, request.baseline()));
        }
        int most = Math.max(1, mostActions / offer.actions().size());
        if (slots.size() > most) {
            throw new ContractViolation(
                    "slots",
                    "must be at most " + most + " for " + offer.actions().size() + " actions",
                    slots.size() + " slots");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < slots.size(); i++) {
            SlotRequest slot = slots.get(i);
            String field = "slots[" + i + "]";
            if (!names.add(slot.name())) {
                throw new ContractViolation(field + ".name", "must be unique", slot.name());
            }
            JsonValues.requireUsable(field + ".features", slot.features());
            offer.requireOffered(field + ".excluded", slot.excluded());
            if (slot.baseline() != null) {
                offer.requireOffered(field + ".baseline", List.of(slot.baseline()));
            }
        }
        if (slots.size() == 1 && slots.get(0).baseline() == null && request.baseline() != null) {
            SlotRequest only = slots.get(0);
            return List.of(new SlotRequest(only.name(), only.features(), only.excluded(), request.baseline()));
        }
        return slots;
    }
}
