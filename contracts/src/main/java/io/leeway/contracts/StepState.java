package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a step or a job has come. */
public enum StepState {
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    /** Ended as it should without a new champion: a gate kept the candidate out. */
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("failed")
    FAILED,
    /** Ended because a person wanted it so. */
    @JsonProperty("cancelled")
    CANCELLED;

    public boolean ended() {
        return this == DONE || this == REJECTED || this == FAILED || this == CANCELLED;
    }
}
