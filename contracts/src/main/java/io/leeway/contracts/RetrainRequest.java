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

        @JsonPropertyDescription("who asks, a person's or a program's name")
        String by,

        @JsonPropertyDescription(
                "how urgent, 0 to 9: each step goes ahead of what was asked up to ten minutes earlier; by cause when absent: person 3, drift 2, volume 1, schedule 0")
        Integer priority,

        @JsonPropertyDescription("when the job is given up if it has not ended, ISO 8601; never when absent")
        Instant deadline,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public static final int HIGHEST_PRIORITY = 9;

    public RetrainRequest {
        Check.id("requestId", requestId);
        Check.loopName("loop", loop);
        cause = Check.or(cause, Cause.PERSON);
        pipeline = Check.or(pipeline, Pipeline.RETRAINING);
        deploy = Check.or(deploy, true);
        priorSteps = Check.copy("priorSteps", priorSteps);
        if (priority != null) {
            Check.within("priority", priority, 0, HIGHEST_PRIORITY);
        }
        other = Check.copy(other);
    }

    /** A request of nobody in particular, as urgent as its cause, for as long as it takes. */
    public RetrainRequest(
            String requestId,
            String loop,
            Instant time,
            Cause cause,
            Pipeline pipeline,
            String reason,
            String driftId,
            Instant since,
            Boolean deploy,
            List<StepRecord> priorSteps,
            Map<String, Object> other) {
        this(
                requestId,
                loop,
                time,
                cause,
                pipeline,
                reason,
                driftId,
                since,
                deploy,
                priorSteps,
                null,
                null,
                null,
                other);
    }

    /** As asked for, or as its cause has it. */
    public int urgency() {
        if (priority != null) {
            return priority;
        }
        return switch (cause) {
            case PERSON -> 3;
            case DRIFT -> 2;
            case VOLUME -> 1;
            case SCHEDULE -> 0;
        };
    }
}
