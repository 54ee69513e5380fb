package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** Who holds a role at a time. */
public record RoleHolder(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("champion, challenger, shadow or pinned")
        String role,

        @JsonPropertyDescription("the time that was asked for, ISO 8601")
        Instant at,

        @JsonPropertyDescription("the version that holds the role then; absent if none does")
        Long version,

        @JsonPropertyDescription("since when it has been so, ISO 8601; absent if the role had never been given")
        Instant since,

        @JsonPropertyDescription("until when it was so, ISO 8601; absent if it still is")
        Instant until,

        @JsonPropertyDescription("who made it so") String by,
        @JsonPropertyDescription("why, in words") String reason) {}
