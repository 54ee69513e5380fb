package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a drift is established. */
public enum DriftState {
    @JsonProperty("suspected")
    SUSPECTED,
    @JsonProperty("detected")
    DETECTED,
    @JsonProperty("resolved")
    RESOLVED
}
