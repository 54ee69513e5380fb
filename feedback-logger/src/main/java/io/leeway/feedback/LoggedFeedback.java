package io.leeway.feedback;

import io.leeway.contracts.FeedbackStatus;
import java.time.Instant;

/**
 * Feedback as it is to be stored: the fields that have columns, and the whole as it was published, without the decision.
 *
 * @param time of its decision
 * @param decision as it was logged, where it came with the feedback alone (imported history); else null
 * @param position of its record
 */
public record LoggedFeedback(
        String loop,
        String eventId,
        Instant time,
        int revision,
        FeedbackStatus status,
        double reward,
        boolean imported,
        Instant closedAt,
        String body,
        String decision,
        Position position) {

    public LoggedFeedback withDocuments(String body, String decision) {
        return new LoggedFeedback(
                loop, eventId, time, revision, status, reward, imported, closedAt, body, decision, position);
    }
}
