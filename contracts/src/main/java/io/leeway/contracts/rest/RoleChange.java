package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** A role that went from one version to another. */
public record RoleChange(
        @JsonPropertyDescription("number of the change, larger for later ones")
        long id,

        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("champion, challenger, shadow or pinned")
        String role,

        @JsonPropertyDescription("the version that has the role from then on; absent if none has")
        Long version,

        @JsonPropertyDescription("the version that had it before; absent if none had")
        Long previous,

        @JsonPropertyDescription("when, ISO 8601") Instant at,
        @JsonPropertyDescription("who did it") String by,
        @JsonPropertyDescription("why, in words") String reason) {}
