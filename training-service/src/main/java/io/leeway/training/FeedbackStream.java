package io.leeway.training;

import io.leeway.contracts.Feedback;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The feedback topic as it comes in. */
public interface FeedbackStream {
    /**
     * Begins to read.
     *
     * @param loop whose feedback is wanted
     * @param offsets by partition where to go on; where there is none, from the beginning
     */
    Reading follow(String loop, Map<Integer, Long> offsets);

    /** Not thread safe. */
    interface Reading extends AutoCloseable {
        /** What has come, in the order of each partition. */
        List<Item> poll(Duration wait);

        /** How many records have not been given yet, of whatever loop. */
        long behind();

        @Override
        void close();
    }

    /**
     * A record.
     *
     * @param feedback null if it is of another loop, or cannot be read
     */
    record Item(int partition, long offset, Feedback feedback) {}
}
