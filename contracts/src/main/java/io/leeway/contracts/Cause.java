package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who or what asked for training. */
public enum Cause {
    @JsonProperty("drift")
    DRIFT,
    @JsonProperty("schedule")
    SCHEDULE,
    @JsonProperty("volume")
    VOLUME,
    @JsonProperty("person")
    PERSON
}
