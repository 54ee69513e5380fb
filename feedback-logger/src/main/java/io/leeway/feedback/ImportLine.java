package io.leeway.feedback;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Episode;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.SlotDecision;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of history: a decision that somebody else took, with its reward.
 *
 * @param actions what was offered; taken from the probabilities when absent
 * @param slots what was decided, or for a single slot {@code action}, {@code probability} and {@code probabilities}
 * @param probabilities of all eligible actions; when absent, only that of the chosen one is known
 * @param rewardTime the decision's time when absent
 */
record ImportLine(
        String eventId,
        Instant time,
        Map<String, Object> context,
        List<Action> actions,
        List<ImportSlot> slots,
        String action,
        Double probability,
        List<ActionProbability> probabilities,
        Double prediction,
        Double reward,
        Map<String, Double> slotRewards,
        Instant rewardTime,
        Long modelVersion,
        String policy,
        Episode episode,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    private static final String POLICY = "imported";
    private static final double SUM_TOLERANCE = 1e-6;

    /** @throws ContractViolation naming what is missing or wrong */
    Feedback feedback(Loop loop, Instant now) {
        List<SlotDecision> decided = loop.kind() == LoopKind.REGRESSION ? List.of() : decided();
        decided.forEach(this::check);
        Decision decision = decision(loop, decided);
        DecisionFacts facts = DecisionFacts.of(decision, new Position("import", 0, 0));
        Map<String, Double> perSlot = perSlot(facts);
        perSlot.forEach((slot, value) -> inRange("reward", value, loop));
        List<Reward> rewards = perSlot.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> reward(loop, entry.getKey(), entry.getValue()))
                .toList();
        double main = perSlot.get(facts.mainSlot());
        return new Feedback(
                loop.name(), eventId, 1, FeedbackStatus.MATCHED, main, perSlot, rewards, decision, now, true, null);
    }

    private Decision decision(Loop loop, List<SlotDecision> decided) {
        return new Decision(
                loop.name(),
                eventId,
                loop.revision(),
                loop.kind(),
                time,
                context,
                offered(decided),
                null,
                decided,
                prediction,
                modelVersion == null ? 0 : modelVersion,
                policy == null ? POLICY : policy,
                null,
                null,
                null,
                false,
                episode,
                other);
    }

    private List<SlotDecision> decided() {
        if (slots != null && !slots.isEmpty()) {
            return slots.stream().map(ImportSlot::decision).toList();
        }
        return List.of(new ImportSlot(SlotDecision.MAIN, action, probability, probabilities).decision());
    }

    /** What was decided for one slot. The random number that chose is nobody's knowledge any more. */
    record ImportSlot(String name, String action, Double probability, List<ActionProbability> probabilities) {
        SlotDecision decision() {
            if (action == null) {
                throw new ContractViolation("action", "must be given", null);
            }
            List<ActionProbability> known = probabilities == null || probabilities.isEmpty()
                    ? List.of(new ActionProbability(action, given(), null))
                    : probabilities;
            double chosen = probability != null ? probability : ofChosen(known);
            return new SlotDecision(name, known, action, chosen, 0);
        }

        private double given() {
            if (probability == null) {
                throw new ContractViolation("probability", "must be given unless probabilities are", null);
            }
            return probability;
        }

        private double ofChosen(List<ActionProbability> known) {
            return known.stream()
                    .filter(entry -> entry != null && entry.action().equals(action))
                    .mapToDouble(ActionProbability::probability)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private void check(SlotDecision slot) {
        double ofChosen = slot.chosen().probability();
        if (Math.abs(ofChosen - slot.probability()) > SUM_TOLERANCE) {
            throw new ContractViolation(
                    "probability", "must be that of the chosen action, " + ofChosen, slot.probability());
        }
        Set<String> seen = new HashSet<>();
        double sum = 0;
        for (ActionProbability entry : slot.probabilities()) {
            if (!seen.add(entry.action())) {
                throw new ContractViolation("probabilities", "must name an action once", entry.action());
            }
            sum += entry.probability();
        }
        boolean onlyTheChosen = slot.probabilities().size() == 1;
        if (!onlyTheChosen && Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new ContractViolation("probabilities", "must sum to 1 within " + SUM_TOLERANCE, sum);
        }
    }

    private List<Action> offered(List<SlotDecision> decided) {
        if (actions != null && !actions.isEmpty()) {
            return actions;
        }
        return decided.stream()
                .flatMap(slot -> slot.probabilities().stream())
                .map(ActionProbability::action)
                .distinct()
                .map(Action::of)
                .toList();
    }

    private Map<String, Double> perSlot(DecisionFacts facts) {
        if (slotRewards == null || slotRewards.isEmpty()) {
            if (reward == null || !Double.isFinite(reward)) {
                throw new ContractViolation("reward", "must be a finite number", reward);
            }
            if (facts.slots().size() > 1) {
                throw new ContractViolation("slotRewards", "must be given where there are several slots", null);
            }
            return Map.of(facts.mainSlot(), reward);
        }
        if (!slotRewards.keySet().equals(Set.copyOf(facts.slots()))) {
            throw new ContractViolation("slotRewards", "must name the slots " + facts.slots(), slotRewards.keySet());
        }
        return slotRewards;
    }

    private static void inRange(String field, Double value, Loop loop) {
        RewardRange range = loop.settings().reward().range();
        if (value == null || !Double.isFinite(value)) {
            throw new ContractViolation(field, "must be a finite number", value);
        }
        if (range != null && !range.contains(value)) {
            throw new ContractViolation(field, "must be in [" + range.min() + ", " + range.max() + "]", value);
        }
    }

    private Reward reward(Loop loop, String slot, double value) {
        Instant at = rewardTime == null ? time : rewardTime;
        return new Reward(loop.name(), eventId, value, POLICY + ":" + slot, slot, null, at, null);
    }
}
