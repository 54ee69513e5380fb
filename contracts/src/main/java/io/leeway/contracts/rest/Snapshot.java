package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** A data set that can be asked for again: the same rows, whatever is corrected later. */
public record Snapshot(
        @JsonPropertyDescription("identity of the snapshot") String id,
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("which events it holds") EventFilter query,

        @JsonPropertyDescription(
                "end offsets (exclusive) by topic-partition: each event is in it in the newest revision before them")
        Map<String, Long> offsets,

        @JsonPropertyDescription("number of its rows when it was made")
        long rows,

        @JsonPropertyDescription("SHA-256 of its rows as they are streamed, hex")
        String sha256,

        @JsonPropertyDescription("time of its first decision, ISO 8601; absent without rows")
        Instant firstTime,

        @JsonPropertyDescription("time of its last decision, ISO 8601; absent without rows")
        Instant lastTime,

        @JsonPropertyDescription("when it was made, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription(
                "rows erased since, on request of a person: so many are missing now, and the hash is another one")
        long erased) {}
