package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a drift matters, from the least on. */
public enum DriftSeverity {
    /** Suspected only, or an improvement. */
    @JsonProperty("low")
    LOW,
    /** Something is not as it was. */
    @JsonProperty("medium")
    MEDIUM,
    /** The loop earns less or errs more than its model promised, or its inputs are broken. */
    @JsonProperty("high")
    HIGH
}
