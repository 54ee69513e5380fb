package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The event that asks for training. Key on its topic: the loop. */
public record RetrainRequest(
        @JsonPropertyDescription("identity of this request; a job is made once for it")
        String requestId,

        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("when it was asked, ISO 8601; the record's time when absent")
        Instant time,

        @JsonPropertyDescription("drift, schedule, volume or person")
        Cause cause,

        @JsonPropertyDescription("startup or retraining (default)")
        Pipeline pipeline,

        @JsonPropertyDescription("why, in words") String reason,
        @JsonPropertyDescription("the drift that caused it") String driftId,

        @JsonPropertyDescription("learn only from decisions since then, ISO 8601; all in the loop's window when absent")
        Instant since,

        @JsonPropertyDescription("whether to gate and publish the candidate (default true) or only register it")
        Boolean deploy,

        @JsonPropertyDescription("steps that were done before, by whoever asks")
        List<StepRecord> priorSteps,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public RetrainRequest {
        Check.id("requestId", requestId);
        Check.loopName("loop", loop);
        cause = Check.or(cause, Cause.PERSON);
        pipeline = Check.or(pipeline, Pipeline.RETRAINING);
        deploy = Check.or(deploy, true);
        priorSteps = Check.copy("priorSteps", priorSteps);
        other = Check.copy(other);
    }
}
