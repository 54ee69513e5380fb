package io.leeway.feedback;

import java.time.Instant;
import java.util.Optional;

/** What Kafka still holds of what has been erased from the database: nobody can take a single record out of a topic. */
public interface TopicCopies {
    /** When the last copy is gone; empty where a topic keeps its records for ever, or the broker does not say. */
    Optional<Instant> goneBy(String loop, Instant erasedAt);
}
