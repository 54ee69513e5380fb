package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Drift;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the drift monitor sees of one loop. */
public record DriftStatus(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("version of the model whose service is watched; 0 without one")
        long modelVersion,

        @JsonPropertyDescription("feedbacks seen since that version began to serve")
        long feedbacks,

        @JsonPropertyDescription("decisions seen since that version began to serve")
        long decisions,

        @JsonPropertyDescription("drift that is detected and not resolved, newest first")
        List<Drift> active,

        @JsonPropertyDescription("retrain requests in the last 24 hours")
        int retrainRequests,

        @JsonPropertyDescription("until when no new one is sent, ISO 8601; absent when one may be sent")
        Instant quietUntil,

        @JsonPropertyDescription("current figures, by name: mean reward, mean error, detector width, ...")
        Map<String, Object> figures) {}
