package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What one component of a mixture, or a shadow, would have given a slot. */
public record SlotProbabilities(
        @JsonPropertyDescription("name of the slot") String name,

        @JsonPropertyDescription("every eligible action with its probability")
        List<ActionProbability> probabilities) {

    public SlotProbabilities {
        Check.id("name", name);
        probabilities = Check.copy("probabilities", probabilities);
    }
}
