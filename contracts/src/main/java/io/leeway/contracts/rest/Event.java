package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Reward;
import java.util.List;

/** Everything that is kept of one event. */
public record Event(
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("the event id") String eventId,

        @JsonPropertyDescription("the decision; absent while only rewards have come")
        Decision decision,

        @JsonPropertyDescription("rewards in the order of their times, late and orphaned ones too")
        List<Reward> rewards,

        @JsonPropertyDescription("activations in the order of their times")
        List<Activation> activations,

        @JsonPropertyDescription("every revision of its feedback, first to last")
        List<Feedback> feedback) {}
