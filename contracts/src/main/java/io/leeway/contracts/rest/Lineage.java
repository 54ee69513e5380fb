package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Cause;

/** What led to a model version. */
public record Lineage(
        @JsonPropertyDescription("the request that asked for the training; of several merged ones, the first")
        String requestId,

        @JsonPropertyDescription("drift, schedule, volume or person")
        Cause cause,

        @JsonPropertyDescription("why it was asked for, in words")
        String reason,

        @JsonPropertyDescription("who asked") String by,
        @JsonPropertyDescription("the drift that caused it") String driftId,
        @JsonPropertyDescription("the job that made it") String jobId,

        @JsonPropertyDescription("identity of the rows that it learned from")
        String dataset,

        @JsonPropertyDescription("the champion that it was judged against; absent for a first version")
        Long parent) {}
