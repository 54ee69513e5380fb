package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a decision's wait for rewards ended. */
public enum FeedbackStatus {
    /** At least one reward was in time. */
    @JsonProperty("matched")
    MATCHED,
    /** None was: the loop's default reward counts. */
    @JsonProperty("defaulted")
    DEFAULTED,
    /** A late reward changed what an earlier revision said. */
    @JsonProperty("corrected")
    CORRECTED
}
