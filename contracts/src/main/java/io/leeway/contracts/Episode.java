package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where a decision of an mdp loop stands in its episode. */
public record Episode(
        @JsonPropertyDescription("id of the episode, 1 to 200 characters")
        String id,

        @JsonPropertyDescription("number of the step in the episode, from 0 on")
        int step,

        @JsonPropertyDescription("whether this is the last step")
        boolean terminal) {

    public Episode {
        Check.id("id", id);
        Check.atLeast("step", step, 0);
    }
}
