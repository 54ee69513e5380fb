package io.leeway.training;

import io.leeway.contracts.Feedback;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The feedback topic as it comes in. */
public interface FeedbackStream {
    /** What tells the topic apart from one of the same name that was made anew: offsets mean something within one of them only. */
    String topic();

    /**
     * Begins to read.
     *
     * @param loop whose feedback is wanted
     * @param topic of which the offsets are; empty if that is not known
     * @param offsets by partition where to go on; where there is none, from the beginning
     */
    Reading follow(String loop, String topic, Map<Integer, Long> offsets);

    /** Not thread safe. */
    interface Reading extends AutoCloseable {
        /**
         * What has come, in the order of each partition.
         *
         * @throws TopicReplacedException if the topic is not any more the one that it was
         */
        List<Item> poll(Duration wait);

        /** How many records have not been given yet, of whatever loop. */
        long behind();

        /** The topic that is read. */
        String topic();

        /** Whether it is another topic than that of the offsets, so that it is read from its beginning. */
        boolean isAnother();

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
