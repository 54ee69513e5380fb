package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Asks for a check now. */
public record CheckRequest(
        @JsonPropertyDescription(
                "ask for retraining if inputs are found to have moved, by the loop's policy; default false")
        Boolean retrain) {

    public CheckRequest {
        retrain = retrain != null && retrain;
    }
}
