package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.SlotDecision;
import io.leeway.training.learning.TrainingRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedbackRowsTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final RewardReplay REPLAY = new RewardReplay(RewardSettings.DEFAULT);
    private static final List<Action> OFFERED =
            List.of(new Action("a", Map.of("price", 1)), Action.of("b"), Action.of("c"));

    @Test
    void eachSlotIsARowWithItsOwnRewardAndEligibleActions() {
        SlotDecision top = new SlotDecision("main", List.of(chance("a", 0.5), chance("b", 0.5)), "b", 0.5, 0.7);
        SlotDecision side = new SlotDecision("side", List.of(chance("c", 1)), "c", 1, 0.1);
        Feedback feedback =
                feedback(LoopKind.BANDIT, FeedbackStatus.MATCHED, 1, Map.of("side", 3.0), List.of(top, side));
        List<TrainingRow> rows = FeedbackRows.of(feedback, REPLAY);
        assertThat(rows).extracting(TrainingRow::eventId).containsExactly("e/main", "e/side");
        assertThat(rows).extracting(TrainingRow::reward).containsExactly(1.0, 3.0);
        assertThat(rows.get(0).action().id()).isEqualTo("b");
        assertThat(rows.get(0).actions().get(0).features()).containsEntry("price", 1);
        assertThat(rows.get(0).probabilities()).containsExactly(0.5, 0.5);
        assertThat(FeedbackRows.withoutValue(feedback)).isFalse();
    }

    @Test
    void anApprenticeLearnsWhichActionTheBaselineWasAndFromNoReward() {
        SlotDecision slot =
                new SlotDecision("main", List.of(chance("a", 0), chance("b", 1), chance("c", 0)), "b", 1, 0.7);
        Feedback feedback = byPolicy(
                "apprentice", feedback(LoopKind.BANDIT, FeedbackStatus.MATCHED, 0.125, Map.of(), List.of(slot)));
        RewardReplay imitation = new RewardReplay(RewardSettings.DEFAULT, true);
        List<TrainingRow> rows = FeedbackRows.of(feedback, imitation);
        assertThat(rows).extracting(row -> row.action().id()).containsExactly("a", "b", "c");
        assertThat(rows).extracting(TrainingRow::reward).containsExactly(0.0, 1.0, 0.0);
        assertThat(rows).extracting(TrainingRow::probability).containsOnly(1 / 3.0);
        assertThat(FeedbackRows.of(byPolicy("squareCb", feedback), imitation)).isEmpty();
        // Once it is online, the same event counts by its reward.
        assertThat(FeedbackRows.of(feedback, REPLAY))
                .extracting(TrainingRow::reward)
                .containsExactly(0.125);
    }

    private static Feedback byPolicy(String policy, Feedback feedback) {
        ObjectNode json = Json.mapper().valueToTree(feedback);
        json.withObject("/decision").put("policy", policy);
        return Json.read(json.toString(), Feedback.class);
    }

    @Test
    void historyThatKnowsOnlyTheChosenProbabilityIsARowToo() {
        SlotDecision slot = new SlotDecision("main", List.of(), "x", 0.2, 0);
        TrainingRow row = FeedbackRows.of(
                        feedback(LoopKind.BANDIT, FeedbackStatus.MATCHED, 0.5, Map.of(), List.of(slot)), REPLAY)
                .get(0);
        assertThat(row.eventId()).isEqualTo("e");
        assertThat(row.action().id()).isEqualTo("x");
        assertThat(row.probability()).isEqualTo(0.2);
        assertThat(row.probabilities()).containsExactly(0.2);
    }

    @Test
    void aPredictionWhoseValueNobodyToldIsNotLearnedFrom() {
        assertThat(FeedbackRows.withoutValue(
                        feedback(LoopKind.REGRESSION, FeedbackStatus.DEFAULTED, 0, Map.of(), List.of())))
                .isTrue();
        Feedback told = feedback(LoopKind.REGRESSION, FeedbackStatus.MATCHED, 12.5, Map.of(), List.of());
        assertThat(FeedbackRows.withoutValue(told)).isFalse();
        TrainingRow row = FeedbackRows.of(told, REPLAY).get(0);
        assertThat(row.chosen()).isEqualTo(-1);
        assertThat(row.reward()).isEqualTo(12.5);
    }

    private static ActionProbability chance(String action, double probability) {
        return new ActionProbability(action, probability, null);
    }

    private static Feedback feedback(
            LoopKind kind, FeedbackStatus status, double reward, Map<String, Double> bySlot, List<SlotDecision> slots) {
        Decision decision = Decision.builder("loop", "e", kind, TIME)
                .context(Map.of("x", 1))
                .actions(kind == LoopKind.BANDIT ? OFFERED : null)
                .slots(slots)
                .prediction(kind == LoopKind.BANDIT ? null : 11.0)
                .policy("none")
                .build();
        return new Feedback("loop", "e", 1, status, reward, bySlot, null, decision, TIME, false, null);
    }
}
