package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.PredictionInterval;
import java.time.Instant;
import java.util.List;

/** The answer of a regression loop. */
public record PredictionAnswer(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the decision's identity; the observed value names it")
        String eventId,

        @JsonPropertyDescription("the predicted value; absent while there is no model")
        Double prediction,

        @JsonPropertyDescription("version of the model that predicted; 0 without a model")
        long modelVersion,

        @JsonPropertyDescription("when it was predicted, ISO 8601")
        Instant time,

        @JsonPropertyDescription("which features moved the prediction most, where the request asked for it")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<FeatureEffect> explanation,

        @JsonPropertyDescription("where the true value lies; absent where the model states no intervals")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        PredictionInterval interval) {}
