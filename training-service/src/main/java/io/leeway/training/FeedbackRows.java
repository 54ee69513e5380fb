package io.leeway.training;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.features.Action;
import io.leeway.training.learning.TrainingRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns feedback into rows to learn from: one per slot, or one per prediction. Stateless. */
public final class FeedbackRows {
    /** Rows that one decision of an apprentice makes at most. */
    private static final int MOST_IMITATED = 20;

    private FeedbackRows() {}

    /** Whether there is nothing to learn from it: a prediction whose true value nobody told. */
    public static boolean withoutValue(Feedback feedback) {
        return feedback.decision().kind() == LoopKind.REGRESSION && feedback.status() == FeedbackStatus.DEFAULTED;
    }

    public static List<TrainingRow> of(Feedback feedback, RewardReplay replay) {
        Decision decision = feedback.decision();
        if (decision.kind() == LoopKind.REGRESSION) {
            return List.of(TrainingRow.regression(
                    feedback.eventId(), decision.time(), decision.context(), replay.of(feedback, SlotDecision.MAIN)));
        }
        boolean apprentice = decision.policy().equals(ServingMode.APPRENTICE.word());
        if (replay.imitation() && !apprentice) {
            return List.of();
        }
        Map<String, Action> offered = new HashMap<>();
        decision.actions().forEach(action -> offered.put(action.id(), new Action(action.id(), action.features())));
        List<TrainingRow> rows = new ArrayList<>(decision.slots().size());
        for (SlotDecision slot : decision.slots()) {
            TrainingRow row = row(feedback, slot, offered, decision.slots().size() > 1, replay);
            if (replay.imitation()) {
                rows.addAll(imitation(row));
            } else {
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * What the baseline teaches: 1 for the action that it was, 0 for every other, as if each had been tried as often as the others. The
     * reward that the decision got is not looked at.
     */
    private static List<TrainingRow> imitation(TrainingRow row) {
        int first = Math.max(
                0, Math.min(row.chosen() - MOST_IMITATED / 2, row.actions().size() - MOST_IMITATED));
        int count = Math.min(row.actions().size(), MOST_IMITATED);
        List<Action> actions = row.actions().subList(first, first + count);
        List<Double> even = Collections.nCopies(count, 1.0 / count);
        List<TrainingRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new TrainingRow(
                    row.eventId() + "/" + actions.get(i).id(),
                    row.time(),
                    row.context(),
                    actions,
                    even,
                    i,
                    1.0 / count,
                    first + i == row.chosen() ? 1 : 0));
        }
        return rows;
    }

    private static TrainingRow row(
            Feedback feedback,
            SlotDecision slot,
            Map<String, Action> offered,
            boolean severalSlots,
            RewardReplay replay) {
        List<Action> actions = new ArrayList<>(slot.probabilities().size());
        List<Double> probabilities = new ArrayList<>(slot.probabilities().size());
        int chosen = -1;
        for (ActionProbability entry : slot.probabilities()) {
            if (entry.action().equals(slot.action())) {
                chosen = actions.size();
            }
            actions.add(offered.getOrDefault(entry.action(), Action.of(entry.action())));
            probabilities.add(entry.probability());
        }
        if (chosen < 0) {
            chosen = actions.size();
            actions.add(offered.getOrDefault(slot.action(), Action.of(slot.action())));
            probabilities.add(slot.probability());
        }
        return new TrainingRow(
                severalSlots ? feedback.eventId() + "/" + slot.name() : feedback.eventId(),
                feedback.decision().time(),
                slot.contextOf(feedback.decision().context()),
                actions,
                probabilities,
                chosen,
                slot.probability(),
                replay.of(feedback, slot.name()));
    }
}
