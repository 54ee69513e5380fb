package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** What one gate said of a candidate. */
public record GateVerdict(
        @JsonPropertyDescription("data, quality, serving or rollout")
        String gate,

        @JsonPropertyDescription("whether the candidate passed")
        boolean passed,

        @JsonPropertyDescription("why, in words") String reason,

        @JsonPropertyDescription("the figures that it rests on, by name")
        Map<String, Object> figures) {}
