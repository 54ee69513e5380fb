package io.leeway.feedback;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.HistoryLine.HistoryReward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rewards of a line of history: those that it names, or one for each slot.
 *
 * @param perSlot their aggregates
 */
record ImportRewards(HistoryLine line, DecisionFacts facts, Map<String, Double> perSlot) {

    /** Whether it says that none came. */
    boolean none() {
        return line.rewards() != null && line.rewards().isEmpty();
    }

    List<Reward> of(String loop) {
        if (line.rewards() == null) {
            return perSlot.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Reward(
                            loop,
                            line.eventId(),
                            entry.getValue(),
                            id(entry.getKey()),
                            entry.getKey(),
                            null,
                            at(),
                            null))
                    .toList();
        }
        List<Reward> rewards = new ArrayList<>();
        for (int i = 0; i < line.rewards().size(); i++) {
            rewards.add(reward(loop, i));
        }
        return rewards;
    }

    private Reward reward(String loop, int place) {
        HistoryReward given = line.rewards().get(place);
        if (given == null) {
            throw new ContractViolation("rewards[" + place + "]", "must not be null", null);
        }
        String slot = given.slot() == null ? facts.mainSlot() : facts.slotFor(given.slot());
        if (slot == null) {
            throw new ContractViolation("rewards[" + place + "].slot", "must be one of " + facts.slots(), given.slot());
        }
        return new Reward(
                loop,
                line.eventId(),
                given.value(),
                given.rewardId() == null ? id(slot + ":" + place) : given.rewardId(),
                slot,
                given.name(),
                given.time() == null ? at() : given.time(),
                null);
    }

    private Instant at() {
        return line.rewardTime() == null ? line.time() : line.rewardTime();
    }

    private static String id(String place) {
        return ImportLine.POLICY + ":" + place;
    }
}
