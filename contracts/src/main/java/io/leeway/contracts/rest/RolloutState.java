package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a rollout is. */
public enum RolloutState {
    /** A canary or shadow that live rewards decide about. */
    @JsonProperty("running")
    RUNNING,
    /** Waits for a person. */
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("promoted")
    PROMOTED,
    @JsonProperty("rolled-back")
    ROLLED_BACK,
    /** A newer version, or a promotion by hand, took its place. */
    @JsonProperty("superseded")
    SUPERSEDED
}
