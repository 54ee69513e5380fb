package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** An entry of the log of erasures: what was done, without what was erased. */
public record Erasure(
        @JsonPropertyDescription("number of the entry") long id,
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("when it was done, ISO 8601")
        Instant at,

        @JsonPropertyDescription("eventIds, or the path in the context")
        String selectedBy,

        @JsonPropertyDescription("what the request is filed under; absent where nothing was said")
        String reference,

        @JsonPropertyDescription("events erased; they are never stored again")
        long events,

        @JsonPropertyDescription("rows erased with them") long rows,

        @JsonPropertyDescription(
                "when the last copy of them on Kafka's topics is past its retention, ISO 8601, by the topics' settings at"
                        + " the time; absent where a topic keeps its records for ever, or the broker did not say")
        Instant goneFromKafkaBy) {}
