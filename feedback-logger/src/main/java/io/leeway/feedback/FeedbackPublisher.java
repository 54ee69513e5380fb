package io.leeway.feedback;

import io.leeway.contracts.Feedback;
import java.util.List;

/** Puts imported feedback on its topic. */
public interface FeedbackPublisher {
    /** Returns when all of it is confirmed. Throws {@link PublishingFailedException} if it is not known to be. */
    void publish(List<Feedback> feedback);
}
