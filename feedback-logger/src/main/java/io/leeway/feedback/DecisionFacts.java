package io.leeway.feedback;

import io.leeway.contracts.Decision;
import io.leeway.contracts.SlotDecision;
import java.time.Instant;
import java.util.List;

/**
 * What the join must know of a decision; the decision itself travels beside it as it was logged.
 *
 * @param time when it was decided
 * @param slots names of its slots in order, at least one
 * @param deferred whether it is learned from only after an activation
 * @param answer fingerprint of what was asked and answered: the same for a repeated record, another for a contradiction
 * @param position where its record stood
 */
public record DecisionFacts(Instant time, List<String> slots, boolean deferred, String answer, Position position) {
    public DecisionFacts {
        slots = List.copyOf(slots);
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("must have at least one slot: slots=[]");
        }
    }

    public static DecisionFacts of(Decision decision, Position position) {
        List<String> slots = decision.slots().isEmpty()
                ? List.of(SlotDecision.MAIN)
                : decision.slots().stream().map(SlotDecision::name).toList();
        return new DecisionFacts(decision.time(), slots, decision.deferred(), Answer.fingerprint(decision), position);
    }

    /** The slot whose reward stands for the whole decision. */
    String mainSlot() {
        return slots.contains(SlotDecision.MAIN) ? SlotDecision.MAIN : slots.get(0);
    }

    /** The slot that a reward for {@code slot} is for; null if the decision has none such. */
    String slotFor(String slot) {
        if (slots.contains(slot)) {
            return slot;
        }
        return slot.equals(SlotDecision.MAIN) ? mainSlot() : null;
    }
}
