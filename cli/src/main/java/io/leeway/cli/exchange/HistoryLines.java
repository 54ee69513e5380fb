package io.leeway.cli.exchange;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.HistoryLine.HistoryReward;
import io.leeway.contracts.rest.HistoryLine.HistorySlot;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Feedback as a line of history. Stateless. */
final class HistoryLines {
    private static final Set<String> OWN = Arrays.stream(HistoryLine.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private HistoryLines() {}

    static HistoryLine of(Feedback feedback) {
        Decision decision = feedback.decision();
        List<HistorySlot> slots =
                decision.slots().stream().map(HistoryLines::slot).toList();
        HistorySlot only = DsjsonHistory.single(slots) ? slots.get(0) : null;
        return new HistoryLine(
                feedback.eventId(),
                decision.time(),
                decision.context(),
                decision.actions(),
                decision.excluded(),
                only == null ? slots : null,
                only == null ? null : only.action(),
                only == null ? null : only.probability(),
                only == null ? null : only.probabilities(),
                decision.prediction(),
                feedback.reward(),
                only == null && !slots.isEmpty() ? ordered(slots, feedback.slotRewards()) : null,
                feedback.rewards().stream()
                        .map(reward -> new HistoryReward(
                                reward.slot(), reward.value(), reward.time(), reward.rewardId(), reward.name()))
                        .toList(),
                null,
                decision.deferred() ? true : null,
                decision.modelVersion() == 0 ? null : decision.modelVersion(),
                decision.policy(),
                decision.episode(),
                other(decision.other()));
    }

    private static HistorySlot slot(SlotDecision slot) {
        return new HistorySlot(slot.name(), slot.features(), slot.action(), slot.probability(), slot.probabilities());
    }

    private static Map<String, Double> ordered(List<HistorySlot> slots, Map<String, Double> rewards) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        slots.forEach(slot -> ordered.put(slot.name(), rewards.get(slot.name())));
        return ordered;
    }

    /** A producer's own fields, unless they have the name of one of a line's. */
    private static Map<String, Object> other(Map<String, Object> fields) {
        Map<String, Object> other = new LinkedHashMap<>(fields);
        other.keySet().removeAll(OWN);
        return other;
    }
}
