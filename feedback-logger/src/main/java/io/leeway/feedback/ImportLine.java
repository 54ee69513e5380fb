package io.leeway.feedback;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.HistoryLine.HistorySlot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes feedback of a line of history, or says what is wrong with it. */
record ImportLine(HistoryLine line) {
    static final String POLICY = "imported";
    private static final double SUM_TOLERANCE = 1e-6;

    /** @throws ContractViolation naming what is missing or wrong */
    Feedback feedback(Loop loop, Instant now) {
        List<SlotDecision> decided = loop.kind() == LoopKind.REGRESSION ? List.of() : decided();
        decided.forEach(ImportLine::check);
        Decision decision = decision(loop, decided);
        DecisionFacts facts = DecisionFacts.of(decision, new Position("import", 0, 0));
        Map<String, Double> perSlot = perSlot(facts);
        perSlot.forEach((slot, value) -> inRange("reward", value, loop));
        ImportRewards rewards = new ImportRewards(line, facts, perSlot);
        return new Feedback(
                loop.name(),
                line.eventId(),
                1,
                rewards.none() ? FeedbackStatus.DEFAULTED : FeedbackStatus.MATCHED,
                perSlot.get(facts.mainSlot()),
                perSlot,
                rewards.of(loop.name()),
                decision,
                now,
                true,
                null);
    }

    private Decision decision(Loop loop, List<SlotDecision> decided) {
        return Decision.builder(loop.name(), line.eventId(), loop.kind(), line.time())
                .loopRevision(loop.revision())
                .context(line.context())
                .actions(offered(decided))
                .excluded(line.excluded())
                .slots(decided)
                .prediction(line.prediction())
                .modelVersion(line.modelVersion() == null ? 0 : line.modelVersion())
                .policy(line.policy() == null ? POLICY : line.policy())
                .deferred(Boolean.TRUE.equals(line.deferred()))
                .episode(line.episode())
                .other(line.other())
                .build();
    }

    private List<SlotDecision> decided() {
        if (line.slots() != null && !line.slots().isEmpty()) {
            return line.slots().stream().map(ImportLine::decided).toList();
        }
        return List.of(decided(
                new HistorySlot(SlotDecision.MAIN, null, line.action(), line.probability(), line.probabilities())));
    }

    /** The random number that chose is nobody's knowledge any more. */
    private static SlotDecision decided(HistorySlot slot) {
        if (slot.action() == null) {
            throw new ContractViolation("action", "must be given", null);
        }
        List<ActionProbability> known =
                slot.probabilities() == null || slot.probabilities().isEmpty()
                        ? List.of(new ActionProbability(slot.action(), given(slot), null))
                        : slot.probabilities();
        double chosen = slot.probability() != null ? slot.probability() : ofChosen(slot, known);
        return new SlotDecision(slot.name(), known, slot.action(), chosen, 0, slot.features(), null, null);
    }

    private static double given(HistorySlot slot) {
        if (slot.probability() == null) {
            throw new ContractViolation("probability", "must be given unless probabilities are", null);
        }
        return slot.probability();
    }

    private static double ofChosen(HistorySlot slot, List<ActionProbability> known) {
        return known.stream()
                .filter(entry -> entry != null && entry.action().equals(slot.action()))
                .mapToDouble(ActionProbability::probability)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void check(SlotDecision slot) {
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
        if (line.actions() != null && !line.actions().isEmpty()) {
            return line.actions();
        }
        return decided.stream()
                .flatMap(slot -> slot.probabilities().stream())
                .map(ActionProbability::action)
                .distinct()
                .map(Action::of)
                .toList();
    }

    private Map<String, Double> perSlot(DecisionFacts facts) {
        Map<String, Double> slotRewards = line.slotRewards();
        if (slotRewards == null || slotRewards.isEmpty()) {
            if (line.reward() == null || !Double.isFinite(line.reward())) {
                throw new ContractViolation("reward", "must be a finite number", line.reward());
            }
            if (facts.slots().size() > 1) {
                throw new ContractViolation("slotRewards", "must be given where there are several slots", null);
            }
            return Map.of(facts.mainSlot(), line.reward());
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
}
