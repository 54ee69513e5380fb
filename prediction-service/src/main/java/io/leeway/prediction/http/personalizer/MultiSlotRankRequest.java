package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.SlotRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks for an action for each of several slots. */
public record MultiSlotRankRequest(
        @JsonPropertyDescription("objects of what is known, taken together")
        List<Map<String, Object>> contextFeatures,

        @JsonPropertyDescription("what can be chosen, at least as many as slots")
        List<RankableAction> actions,

        @JsonPropertyDescription("places to fill, one after the other")
        List<Slot> slots,

        @JsonPropertyDescription("the event's identity; made by us when absent")
        String eventId,

        @JsonPropertyDescription("wait for an activation before learning from this event; default false")
        Boolean deferActivation) {

    /** One place to fill. */
    public record Slot(
            @JsonPropertyDescription("id of the slot; a reward names it")
            String id,

            @JsonPropertyDescription("objects of features of the slot, taken together")
            List<Map<String, Object>> features,

            @JsonPropertyDescription("ids of actions that may not be chosen here")
            List<String> excludedActions,

            @JsonPropertyDescription("id of the action that the caller would put here itself")
            String baselineAction) {}

    DecisionRequest toDecisionRequest() {
        if (slots == null || slots.isEmpty()) {
            throw new ContractViolation("slots", "must have at least one slot", slots);
        }
        List<SlotRequest> mapped = new ArrayList<>(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            mapped.add(slot("slots[" + i + "]", slots.get(i)));
        }
        return new DecisionRequest(
                null,
                eventId,
                null,
                Features.together("contextFeatures", contextFeatures),
                Features.actions(actions),
                null,
                deferActivation,
                mapped,
                null,
                null);
    }

    private static SlotRequest slot(String field, Slot slot) {
        if (slot == null) {
            throw new ContractViolation(field, "must be a JSON object", null);
        }
        return new SlotRequest(
                slot.id,
                Features.together(field + ".features", slot.features),
                slot.excludedActions,
                slot.baselineAction);
    }
}
