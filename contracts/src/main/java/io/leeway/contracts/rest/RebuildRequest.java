package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Asks to read the projection again from Kafka. */
public record RebuildRequest(
        @JsonPropertyDescription("the loop; absent for all of them")
        String loop,

        @JsonPropertyDescription("whether rows may go whose records Kafka no longer has; default false")
        Boolean acceptLoss) {
    public RebuildRequest {
        acceptLoss = acceptLoss != null && acceptLoss;
    }
}
