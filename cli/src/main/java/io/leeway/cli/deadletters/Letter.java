package io.leeway.cli.deadletters;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A record on a dead-letter topic, without what it says.
 *
 * @param topic that the record was refused on
 * @param offset on that topic's dead-letter topic; with the topic it names the letter
 * @param sourcePartition where the record stood; -1 where its letter does not say
 * @param at when it was refused
 * @param bytes length of its value; -1 where it has none
 * @param replayed whether it has been given another try
 */
record Letter(
        String topic,
        long offset,
        int sourcePartition,
        long sourceOffset,
        Instant at,
        String reason,
        long bytes,
        boolean replayed) {

    /** As the command line takes it. */
    @JsonProperty
    String name() {
        return topic + "@" + offset;
    }

    Letter withReplayed() {
        return new Letter(topic, offset, sourcePartition, sourceOffset, at, reason, bytes, true);
    }
}
