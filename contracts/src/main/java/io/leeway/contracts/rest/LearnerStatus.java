package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** How a loop's continuous learner stands. */
public record LearnerStatus(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("linear-online, ridge-online or auto")
        String learner,

        @JsonPropertyDescription("how many feedbacks it has learned")
        long feedbacks,

        @JsonPropertyDescription("how many feedback records it has not read yet; absent if that is not known")
        Long behind,

        @JsonPropertyDescription("the version that its checkpoints go out from; absent while none has passed the gates")
        Long modelVersion,

        @JsonPropertyDescription("the newest checkpoint, as VERSION+FEEDBACKS; absent without one")
        String checkpoint,

        @JsonPropertyDescription(
                "learning, waiting (for a version to pass the gates), held-back (it is worse than the version) or stopped")
        String state,

        @JsonPropertyDescription("why, in words") String reason,

        @JsonPropertyDescription(
                "mean squared error of what it predicted before it learned it, old ones fading; absent before any")
        Double meanSquaredError,

        @JsonPropertyDescription(
                "the same of the version that its checkpoints go out from, since that was compared; absent without one")
        Double versionMeanSquaredError,

        @JsonPropertyDescription("what auto compares, best first; empty for other learners")
        List<Member> members,

        @JsonPropertyDescription("when this was so, ISO 8601")
        Instant time) {

    /** One of those that are compared. */
    public record Member(
            @JsonPropertyDescription("what it is, in words") String name,

            @JsonPropertyDescription("its share in the prediction, in [0, 1]")
            double weight,

            @JsonPropertyDescription(
                    "mean squared error, in squares of the rewards' spread, of what it predicted before it learned it")
            double meanSquaredError) {}
}
