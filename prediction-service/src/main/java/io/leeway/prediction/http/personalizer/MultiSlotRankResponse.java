package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Decision;
import java.util.List;

/** The action of each slot. */
public record MultiSlotRankResponse(
        @JsonPropertyDescription("slot by slot, in their order")
        List<FilledSlot> slots,

        @JsonPropertyDescription("the event's identity; a reward names it")
        String eventId) {

    /** A slot and its action. */
    public record FilledSlot(
            @JsonPropertyDescription("id of the slot") String id,

            @JsonPropertyDescription("id of the action to show there")
            String rewardActionId) {}

    static MultiSlotRankResponse of(Decision decision) {
        return new MultiSlotRankResponse(
                decision.slots().stream()
                        .map(slot -> new FilledSlot(slot.name(), slot.action()))
                        .toList(),
                decision.eventId());
    }
}
