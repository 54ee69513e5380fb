package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One eligible action with the probability that the policy gave it. */
public record ActionProbability(
        @JsonPropertyDescription("id of the action") String action,

        @JsonPropertyDescription("probability of being chosen, in [0, 1]; those of a slot sum to 1 within 1e-9")
        double probability,

        @JsonPropertyDescription("predicted reward, unit of the reward; absent without a model")
        Double score) {

    public ActionProbability {
        Check.id("action", action);
        Check.within("probability", probability, 0, 1);
        Check.finiteIfGiven("score", score);
    }
}
