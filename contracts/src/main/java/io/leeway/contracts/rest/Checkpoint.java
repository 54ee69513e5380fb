package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** What a version's continuous learner had learned at one moment, as it was served. */
public record Checkpoint(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the version that it goes out from, whose configuration the gates have passed")
        long modelVersion,

        @JsonPropertyDescription("how many feedbacks the learner had learned, >= 1")
        long feedbacks,

        @JsonPropertyDescription("how many it had learned at the checkpoint before; 0 for the first")
        long since,

        @JsonPropertyDescription("where the feedback topic had been read to, by partition: the next offset")
        Map<String, Long> offsets,

        @JsonPropertyDescription("SHA-256 of the artifact, hex")
        String sha256,

        @JsonPropertyDescription("size of the artifact, bytes")
        long sizeBytes,

        @JsonPropertyDescription("when it was made, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription("figures at that time, by name")
        Map<String, Object> figures) {

    /** As decisions name it. */
    public String name() {
        return modelVersion + "+" + feedbacks;
    }
}
