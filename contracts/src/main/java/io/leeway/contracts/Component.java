package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One policy of a mixture (champion and challenger, say), or a shadow beside it. */
public record Component(
        @JsonPropertyDescription("role of the model: champion, challenger or shadow")
        String role,

        @JsonPropertyDescription("version of the model; 0 without a model")
        long modelVersion,

        @JsonPropertyDescription("exploration rule of the policy")
        String policy,

        @JsonPropertyDescription("share of the mixture, in [0, 1]; 0 for a shadow")
        double weight,

        @JsonPropertyDescription("its own probabilities, slot by slot; empty in a regression loop")
        List<SlotProbabilities> slots,

        @JsonPropertyDescription("its own prediction (regression loops)")
        Double prediction) {

    public Component {
        Check.id("role", role);
        Check.atLeast("modelVersion", modelVersion, 0);
        Check.within("weight", weight, 0, 1);
        slots = Check.copy("slots", slots);
        Check.finiteIfGiven("prediction", prediction);
    }
}
