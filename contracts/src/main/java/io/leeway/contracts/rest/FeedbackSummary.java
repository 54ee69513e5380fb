package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What became of a loop's decisions and rewards. decisions = matched + defaulted + neverActivated + open. */
public record FeedbackSummary(
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("distinct decisions") long decisions,

        @JsonPropertyDescription("first revisions with at least one reward in time")
        long matched,

        @JsonPropertyDescription("first revisions with the default reward")
        long defaulted,

        @JsonPropertyDescription("deferred decisions whose wait ended without an activation")
        long neverActivated,

        @JsonPropertyDescription("decisions that still wait")
        long open,

        @JsonPropertyDescription("rewards that came after the wait")
        long late,

        @JsonPropertyDescription("revisions after the first")
        long corrected,

        @JsonPropertyDescription("records that repeat an earlier one")
        long duplicate,

        @JsonPropertyDescription("rewards for an event that nobody knows")
        long orphan,

        @JsonPropertyDescription("decisions with an event id that had been answered differently; the first counts")
        long conflicting,

        @JsonPropertyDescription("records of the loop that could not be used and went to a dead-letter topic")
        long deadLettered,

        @JsonPropertyDescription("mean reward over the newest revision of each feedback; absent without feedback")
        Double meanReward) {}
