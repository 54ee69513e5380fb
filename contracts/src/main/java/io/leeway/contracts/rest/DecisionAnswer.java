package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.FeatureEffect;
import java.time.Instant;
import java.util.List;

/** The answer to a decision request. */
public record DecisionAnswer(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the decision's identity; a reward names it")
        String eventId,

        @JsonPropertyDescription("id of the chosen action") String action,

        @JsonPropertyDescription("probability with which it was chosen, in (0, 1]")
        double probability,

        @JsonPropertyDescription("every eligible action with its probability, the most probable first")
        List<ActionProbability> ranking,

        @JsonPropertyDescription("version of the model that decided; 0 without a model")
        long modelVersion,

        @JsonPropertyDescription("exploration rule, or none, or frozen")
        String policy,

        @JsonPropertyDescription("when it was decided, ISO 8601")
        Instant time,

        @JsonPropertyDescription(
                "slot by slot in their order, where the request had several; action, probability and ranking are those of the first")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<SlotAnswer> slots,

        @JsonPropertyDescription(
                "which features moved the score of the chosen action most, where the request asked for it")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<FeatureEffect> explanation) {}
