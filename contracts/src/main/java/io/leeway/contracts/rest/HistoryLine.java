package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Episode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of history: a decision that somebody took, with what came of it. What imports take in, and exports write. Not checked here:
 * a wrong line is refused with its number by who reads it.
 */
public record HistoryLine(
        @JsonPropertyDescription("the decision's identity within the loop, 1 to 200 characters")
        String eventId,

        @JsonPropertyDescription("when it was decided, ISO 8601")
        Instant time,

        @JsonPropertyDescription("what was known") Map<String, Object> context,

        @JsonPropertyDescription(
                "every action that was offered, with its features; taken from the probabilities when absent")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Action> actions,

        @JsonPropertyDescription("ids of offered actions that were not eligible")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> excluded,

        @JsonPropertyDescription(
                "what was decided, slot by slot; absent where there is one without anything of its own")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<HistorySlot> slots,

        @JsonPropertyDescription("id of the chosen action of the only slot")
        String action,

        @JsonPropertyDescription(
                "probability of the chosen action, in (0, 1]; taken from the probabilities when absent")
        Double probability,

        @JsonPropertyDescription(
                "every eligible action of the only slot with its probability; absent where only that of the chosen one is known")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ActionProbability> probabilities,

        @JsonPropertyDescription("the predicted value (regression loops)")
        Double prediction,

        @JsonPropertyDescription(
                "the aggregated reward, a finite number; of the slot main, or the first, where there are several")
        Double reward,

        @JsonPropertyDescription(
                "the aggregated reward of each slot by name; must be given where there are several slots")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Double> slotRewards,

        @JsonPropertyDescription(
                "the rewards that were aggregated; empty where none came and the default counts; one of the slot's when absent")
        List<HistoryReward> rewards,

        @JsonPropertyDescription("when the rewards came, ISO 8601; the decision's time when absent")
        Instant rewardTime,

        @JsonPropertyDescription("whether it was learned from only because it was activated; false when absent")
        Boolean deferred,

        @JsonPropertyDescription("version of the loop's model that decided; 0 when absent")
        Long modelVersion,

        @JsonPropertyDescription("the rule that chose; imported when absent")
        String policy,

        @JsonPropertyDescription("place in an episode (mdp loops)")
        Episode episode,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    /** Where the name stands that another system gave the model that decided. */
    public static final String MODEL = "model";
    /** Where the share of events stands that was dropped before this one was kept. */
    public static final String DROPPED = "pdrop";

    public HistoryLine {
        other = other == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /** What was decided for one slot. */
    public record HistorySlot(
            @JsonPropertyDescription("name of the slot") String name,

            @JsonPropertyDescription("features of the slot, any JSON object")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            Map<String, Object> features,

            @JsonPropertyDescription("id of the chosen action")
            String action,

            @JsonPropertyDescription(
                    "probability of the chosen action, in (0, 1]; taken from the probabilities when absent")
            Double probability,

            @JsonPropertyDescription(
                    "every eligible action with its probability; absent where only that of the chosen one is known")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<ActionProbability> probabilities) {}

    /** A reward that came. */
    public record HistoryReward(
            @JsonPropertyDescription("slot that it is for; main, or the first, when absent")
            String slot,

            @JsonPropertyDescription("how it turned out, a finite number")
            Double value,

            @JsonPropertyDescription("when it happened, ISO 8601; the line's rewardTime when absent")
            Instant time,

            @JsonPropertyDescription("identity of this reward; made from its place when absent")
            String rewardId,

            @JsonPropertyDescription("what was measured, in words")
            String name) {}
}
