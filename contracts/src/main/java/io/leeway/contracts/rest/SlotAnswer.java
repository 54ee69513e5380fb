package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ActionProbability;
import java.util.List;

/** What was chosen for one slot of several. */
public record SlotAnswer(
        @JsonPropertyDescription("name of the slot; a reward for it names it")
        String name,

        @JsonPropertyDescription("id of the chosen action") String action,

        @JsonPropertyDescription("probability with which it was chosen, given the slots before, in (0, 1]")
        double probability,

        @JsonPropertyDescription("every action that was eligible here with its probability, the most probable first")
        List<ActionProbability> ranking) {}
