package io.leeway.training;

import java.util.Map;

/** The feedback topic. */
public interface FeedbackLog {
    /** Where it ends now, by partition. */
    Map<Integer, Long> endOffsets();

    /** Where it begins now, by partition: what was before has been dropped. */
    Map<Integer, Long> firstOffsets();

    /**
     * Reads the rows of one loop, newest revision of each event; blocks until there are enough of them, or too long.
     *
     * @throws NotEnoughFeedbackException if the wait was in vain
     */
    Ingested ingest(Ingestion wanted);
}
