package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How much one feature moved a predicted reward or value. */
public record FeatureEffect(
        @JsonPropertyDescription("slot whose chosen action was scored; main where there is only one")
        String slot,

        @JsonPropertyDescription("path of the feature in the context, or action. and its path in the chosen action")
        String feature,

        @JsonPropertyDescription("how much lower the score would be had the feature not been given, unit of the reward")
        double effect) {

    public FeatureEffect {
        Check.id("slot", slot);
        Check.present("feature", feature);
        Check.finite("effect", effect);
    }
}
