package io.leeway.drift;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as other services write them. */
public final class Events {
    private Events() {}

    /** A bandit's decision between two actions; the model promises 0.7 for the chosen one. */
    public static Decision decision(
            String loop, String eventId, long version, Instant time, Map<String, Object> context) {
        Double score = version == 0 ? null : 0.7;
        SlotDecision slot = new SlotDecision(
                SlotDecision.MAIN,
                List.of(new ActionProbability("a", 0.9, score), new ActionProbability("b", 0.1, 0.2)),
                "a",
                0.9,
                0.5);
        return Decision.builder(loop, eventId, LoopKind.BANDIT, time)
                .context(context)
                .slots(List.of(slot))
                .modelVersion(version)
                .policy("epsilonGreedy")
                .build();
    }

    public static Decision prediction(String loop, String eventId, long version, Instant time, Double prediction) {
        return Decision.builder(loop, eventId, LoopKind.REGRESSION, time)
                .context(Map.of())
                .prediction(prediction)
                .modelVersion(version)
                .policy("none")
                .build();
    }

    public static Feedback feedback(Decision decision, double reward) {
        return feedback(decision, reward, 1, false);
    }

    public static Feedback feedback(Decision decision, double reward, int revision, boolean imported) {
        return new Feedback(
                decision.loop(),
                decision.eventId(),
                revision,
                revision == 1 ? FeedbackStatus.MATCHED : FeedbackStatus.CORRECTED,
                reward,
                Map.of(),
                null,
                decision,
                decision.time().plusSeconds(10),
                imported,
                null);
    }

    public static TrainingEvent training(String loop, TrainingEventType type, long version, Instant time) {
        return new TrainingEvent(
                loop + "-" + type + "-" + version, loop, "job-" + version, time, type, version, null, "told", null);
    }
}
