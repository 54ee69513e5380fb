package io.leeway.feedback.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.Topics;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.feedback.Position;
import io.leeway.feedback.kafka.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows as tests land them. */
final class Rows {
    private Rows() {}

    static LoggedDecision decision(Decision decision, long offset) {
        return LoggedDecision.of(decision, Json.text(decision), new Position(Topics.DECISIONS, 0, offset));
    }

    static LoggedDecision decision(String loop, String eventId, Instant time, long offset) {
        return decision(Samples.decision(loop, eventId, time), offset);
    }

    static LoggedFeedback feedback(Decision decision, int revision, double reward, boolean imported, long offset) {
        FeedbackStatus status = revision > 1 ? FeedbackStatus.CORRECTED : FeedbackStatus.MATCHED;
        List<Reward> rewards =
                List.of(Samples.reward(decision.loop(), decision.eventId(), reward, "r" + revision, decision.time()));
        Instant closedAt = decision.time().plusSeconds(60L * revision);
        Feedback feedback = new Feedback(
                decision.loop(),
                decision.eventId(),
                revision,
                status,
                reward,
                Map.of("main", reward),
                rewards,
                decision,
                closedAt,
                imported,
                null);
        ObjectNode rest = Json.mapper().valueToTree(feedback);
        rest.remove("decision");
        return new LoggedFeedback(
                decision.loop(),
                decision.eventId(),
                decision.time(),
                revision,
                status,
                reward,
                imported,
                closedAt,
                Json.text(rest),
                imported ? Json.text(decision) : null,
                new Position(Topics.FEEDBACK, 0, offset));
    }
}
