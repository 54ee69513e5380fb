package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** What was written to the topics again, because they lacked it. */
public record Republication(
        @JsonPropertyDescription("when it was looked at, ISO 8601")
        Instant at,

        @JsonPropertyDescription("loops that were told again")
        List<String> loops,

        @JsonPropertyDescription("models that were published again, each as loop/role")
        List<String> models,

        @JsonPropertyDescription("keys that the topics had and the registry has not, taken away")
        List<String> removed) {}
