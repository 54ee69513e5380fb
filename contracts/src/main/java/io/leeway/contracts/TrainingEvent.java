package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** Tells of a training job or a model version. Key on its topic: the loop. */
public record TrainingEvent(
        @JsonPropertyDescription("identity of this event") String trainingEventId,
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the job, where one is meant")
        String jobId,

        @JsonPropertyDescription("when it happened, ISO 8601")
        Instant time,

        @JsonPropertyDescription(
                "queued, merged, step, registered, promoted, rejected, failed, rolled-back, rollout, checkpoint,"
                        + " reverted, alarm or refused")
        TrainingEventType type,

        @JsonPropertyDescription("the model version, where one is meant")
        Long modelVersion,

        @JsonPropertyDescription("figures, by name") Map<String, Object> figures,
        @JsonPropertyDescription("what happened, in words") String message,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public TrainingEvent {
        Check.id("trainingEventId", trainingEventId);
        Check.loopName("loop", loop);
        Check.present("time", time);
        Check.present("type", type);
        if (modelVersion != null) {
            Check.atLeast("modelVersion", modelVersion, 0);
        }
        figures = Check.copy(figures);
        other = Check.copy(other);
    }
}
