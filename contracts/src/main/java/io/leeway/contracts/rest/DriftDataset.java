package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** Data that a loop's inputs can be compared with. */
public record DriftDataset(
        @JsonPropertyDescription("its name, for the loop's setting drift.reference")
        String name,

        @JsonPropertyDescription("when it was uploaded, ISO 8601")
        Instant madeAt,

        @JsonPropertyDescription("rows that it was made of") long rows,
        @JsonPropertyDescription("inputs that it knows") int inputs) {}
