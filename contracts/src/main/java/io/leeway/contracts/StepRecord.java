package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** One step of a job: who ran it, when, and the figures it came to. */
public record StepRecord(
        @JsonPropertyDescription("Generator, Ingester, Trainer or Deployer")
        StepName step,

        @JsonPropertyDescription("waiting, running, done, rejected, failed or cancelled")
        StepState state,

        @JsonPropertyDescription("who ran it: training-service or simulator")
        String by,

        @JsonPropertyDescription("when it began, ISO 8601") Instant startedAt,
        @JsonPropertyDescription("when it ended, ISO 8601") Instant endedAt,

        @JsonPropertyDescription("figures of the step, by name")
        Map<String, Object> figures,

        @JsonPropertyDescription("what happened, in words") String message) {

    public StepRecord {
        Check.present("step", step);
        Check.present("state", state);
        figures = Check.copy(figures);
    }
}
