package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a version that has passed its other gates becomes champion. */
public enum RolloutMode {
    /** At once. */
    @JsonProperty("direct")
    DIRECT("direct"),
    /** It makes a share of the decisions, step by step, and live rewards decide. */
    @JsonProperty("canary")
    CANARY("canary"),
    /** It is asked beside every decision and makes none, until the champion's rewards prove it better. */
    @JsonProperty("shadow")
    SHADOW("shadow"),
    /** It waits for a person. */
    @JsonProperty("manual")
    MANUAL("manual");

    private final String word;

    RolloutMode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
