package io.leeway.feedback;

import io.leeway.contracts.FeedbackStatus;
import java.time.Instant;

/** Feedback as it is to be stored: the fields that have columns, and the whole as it was published. */
public record LoggedFeedback(
        String loop,
        String eventId,
        int revision,
        FeedbackStatus status,
        double reward,
        boolean imported,
        Instant closedAt,
        String body) {}
