package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The steps of an episode of an mdp loop, in their order. */
public record EpisodePage(
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("id of the episode") String episodeId,

        @JsonPropertyDescription("different steps of which a decision is known")
        long knownSteps,

        @JsonPropertyDescription("number of the highest step of which a decision is known, from 0 on")
        int lastStep,

        @JsonPropertyDescription("whether that one was the last step of the episode")
        boolean ended,

        @JsonPropertyDescription("steps up to the highest one of which no decision is known")
        long missing,

        @JsonPropertyDescription("by number; where one step was decided twice, the earlier decision first")
        List<Step> steps,

        @JsonPropertyDescription("what to give as after for the next page; absent on the last one")
        String next) {

    /** One decision of the episode. */
    public record Step(
            @JsonPropertyDescription("number of the step, from 0 on")
            int step,

            @JsonPropertyDescription("whether this is the last step")
            boolean terminal,

            @JsonPropertyDescription("the decision, its rewards and feedback")
            Event event,

            @JsonPropertyDescription(
                    "event id of the next step's decision; absent after the last one, and while it is" + " not known")
            String nextEventId) {}
}
