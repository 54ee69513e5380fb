package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** Asks a regression loop for a number. */
public record PredictionRequest(
        @JsonPropertyDescription("the decision's identity, 1 to 200 characters; made by us (UUIDv7) when absent")
        String eventId,

        @JsonPropertyDescription("when it was asked, ISO 8601; now when absent")
        Instant time,

        @JsonPropertyDescription("what is known, any JSON object")
        Map<String, Object> context,

        @JsonPropertyDescription("say which features moved the prediction; default false")
        Boolean explain) {

    public PredictionRequest {
        explain = explain != null && explain;
    }

    public PredictionRequest(String eventId, Instant time, Map<String, Object> context) {
        this(eventId, time, context, null);
    }
}
