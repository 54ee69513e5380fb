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

        @JsonPropertyDescription("rows erased with them") long rows) {}
