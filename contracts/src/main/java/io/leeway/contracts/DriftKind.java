package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What changed. */
public enum DriftKind {
    @JsonProperty("inputs")
    INPUTS,
    @JsonProperty("predictions")
    PREDICTIONS,
    @JsonProperty("actions")
    ACTIONS,
    @JsonProperty("rewards")
    REWARDS,
    /** Observed reward against the reward that the model predicted. */
    @JsonProperty("quality")
    QUALITY,
    @JsonProperty("data")
    DATA
}
