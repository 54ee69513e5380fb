package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** One thing that was done to a loop. */
public record AuditEntry(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("number of the entry in its loop, from 1 on")
        long position,

        @JsonPropertyDescription("when, ISO 8601") Instant at,
        @JsonPropertyDescription("what was done, in words") String what,
        @JsonPropertyDescription("who did it") String by,
        @JsonPropertyDescription("why, in words") String reason,

        @JsonPropertyDescription("sha256 over this entry and the one before, hex")
        String sha256) {}
