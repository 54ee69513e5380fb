package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Reward;
import java.util.ArrayList;
import java.util.List;

/** How the slots of an event turned out. */
public record MultiSlotRewardRequest(
        @JsonPropertyDescription("one or more rewards, each of a slot")
        List<SlotReward> reward) {

    /** How one slot turned out. */
    public record SlotReward(
            @JsonPropertyDescription("id of the slot") String slotId,

            @JsonPropertyDescription("a finite number in the loop's reward range")
            Double value) {}

    List<Reward> toRewards(String eventId) {
        if (reward == null || reward.isEmpty()) {
            throw new ContractViolation("reward", "must have at least one reward", reward);
        }
        List<Reward> rewards = new ArrayList<>(reward.size());
        for (int i = 0; i < reward.size(); i++) {
            SlotReward one = reward.get(i);
            if (one == null || one.slotId == null) {
                throw new ContractViolation("reward[" + i + "].slotId", "must be given", null);
            }
            rewards.add(new Reward(null, eventId, one.value, null, one.slotId, null, null, null));
        }
        return rewards;
    }
}
