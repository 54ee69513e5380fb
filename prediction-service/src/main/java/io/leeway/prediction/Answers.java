package io.leeway.prediction;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.contracts.rest.PredictionAnswer;
import io.leeway.contracts.rest.SlotAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the caller is told of a decision, the same by whatever way it was asked for. */
public final class Answers {
    private static final Comparator<ActionProbability> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble(ActionProbability::probability).reversed();

    private Answers() {}

    public static DecisionAnswer ofChoice(Decision decision) {
        SlotDecision slot = decision.slots().get(0);
        return new DecisionAnswer(
                decision.loop(),
                decision.eventId(),
                slot.action(),
                slot.probability(),
                ranking(slot),
                decision.modelVersion(),
                decision.policy(),
                decision.time(),
                decision.slots().size() == 1 ? null : slots(decision),
                decision.explanation());
    }

    /** Every eligible action, the most probable first; of equal ones the one that was offered first. */
    public static List<ActionProbability> ranking(SlotDecision slot) {
        List<ActionProbability> ranking = new ArrayList<>(slot.probabilities());
        ranking.sort(MOST_PROBABLE_FIRST);
        return ranking;
    }

    private static List<SlotAnswer> slots(Decision decision) {
        return decision.slots().stream()
                .map(slot -> new SlotAnswer(slot.name(), slot.action(), slot.probability(), ranking(slot)))
                .toList();
    }

    public static PredictionAnswer ofPrediction(Decision decision) {
        return new PredictionAnswer(
                decision.loop(),
                decision.eventId(),
                decision.prediction(),
                decision.modelVersion(),
                decision.time(),
                decision.explanation(),
                decision.interval());
    }

    /** A {@link DecisionAnswer} or a {@link PredictionAnswer}, as the loop's kind has it. */
    public static Object of(Decision decision) {
        return decision.kind() == LoopKind.REGRESSION ? ofPrediction(decision) : ofChoice(decision);
    }
}
