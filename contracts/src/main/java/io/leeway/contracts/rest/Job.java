package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Cause;
import io.leeway.contracts.Pipeline;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import java.time.Instant;
import java.util.List;

/** One training job. */
public record Job(
        @JsonPropertyDescription("identity of the job") String jobId,
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("startup or retraining") Pipeline pipeline,

        @JsonPropertyDescription("drift, schedule, volume or person")
        Cause cause,

        @JsonPropertyDescription("why, in words") String reason,
        @JsonPropertyDescription("the drift that caused it") String driftId,

        @JsonPropertyDescription("waiting, running, done, rejected, failed or cancelled")
        StepState state,

        @JsonPropertyDescription("when it was asked for, ISO 8601")
        Instant requestedAt,

        @JsonPropertyDescription("when it began, ISO 8601") Instant startedAt,
        @JsonPropertyDescription("when it ended, ISO 8601") Instant endedAt,

        @JsonPropertyDescription("how often it was begun, from 1 on; more than 1 after a crash")
        int attempts,

        @JsonPropertyDescription("the model version that it made")
        Long modelVersion,

        @JsonPropertyDescription("how it ended, in words") String message,
        @JsonPropertyDescription("its steps in order") List<StepRecord> steps,

        @JsonPropertyDescription("who asked for it") String by,

        @JsonPropertyDescription("how urgent, 0 to 9: each step goes ahead of what was asked up to ten minutes earlier")
        int priority,

        @JsonPropertyDescription("when it is given up if it has not ended, ISO 8601")
        Instant deadline,

        @JsonPropertyDescription("when it is tried again after a failure that may pass, ISO 8601")
        Instant retryAt) {}
