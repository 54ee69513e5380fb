package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** How far a rebuild of the projection is, or how it ended. */
public record Rebuild(
        @JsonPropertyDescription("identity of the rebuild") String id,

        @JsonPropertyDescription("the loop; absent for all of them")
        String loop,

        @JsonPropertyDescription("running, done or failed") State state,

        @JsonPropertyDescription("when it began, ISO 8601") Instant startedAt,

        @JsonPropertyDescription("when it ended, ISO 8601; absent while it runs")
        Instant endedAt,

        @JsonPropertyDescription("records read") long records,

        @JsonPropertyDescription("records to read, as known now")
        long recordsAhead,

        @JsonPropertyDescription("records that Kafka no longer has, in words; empty where it has all")
        List<String> unseen,

        @JsonPropertyDescription(
                "for how long nothing landed while the tables were changed over, milliseconds; absent before")
        Long pauseMillis,

        @JsonPropertyDescription("the rows before, at the moment of the change; absent before its end")
        ProjectionHash before,

        @JsonPropertyDescription("the rows after, at the same moment; absent before its end")
        ProjectionHash after,

        @JsonPropertyDescription("why it failed; absent if it did not")
        String reason) {

    /** How it stands. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED
    }
}
