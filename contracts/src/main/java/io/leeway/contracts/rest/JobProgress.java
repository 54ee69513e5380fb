package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.StepState;
import java.time.Instant;
import java.util.List;

/** How far a job is, as told while it runs. */
public record JobProgress(
        @JsonPropertyDescription("the job") String jobId,

        @JsonPropertyDescription("waiting, running, done, rejected, failed or cancelled")
        StepState state,

        @JsonPropertyDescription("Ingester, Trainer or Deployer; absent before the first")
        String step,

        @JsonPropertyDescription("what it is doing, in words")
        String message,

        @JsonPropertyDescription("as of when, ISO 8601") Instant at,

        @JsonPropertyDescription("epochs that have ended since the event before, in order")
        List<Loss> losses) {
    /** Losses of one epoch. */
    public record Loss(
            @JsonPropertyDescription("number of the epoch, from 1 on")
            int epoch,

            @JsonPropertyDescription("how many epochs there are at the most")
            Integer epochs,

            @JsonPropertyDescription("mean squared error on the rows that are trained on")
            Double train,

            @JsonPropertyDescription("mean squared error on the rows that are kept back")
            Double validation) {}
}
