package io.leeway.prediction.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ServingMode;
import io.leeway.prediction.DecisionMeters.Apprenticeship;
import io.leeway.prediction.ServingLoop;
import io.leeway.prediction.ServingModel;
import io.leeway.prediction.ServingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What serves a loop on this instance now. */
public record ServingAnswer(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("revision of the loop's settings that is in force")
        long loopRevision,

        @JsonPropertyDescription("version of the model that answers; 0 without a model")
        long version,

        @JsonPropertyDescription(
                "the checkpoint of that version's continuous learner, as VERSION+FEEDBACKS; absent where the version itself"
                        + " answers")
        String checkpoint,

        @JsonPropertyDescription("role of that model; absent without a model")
        String role,

        @JsonPropertyDescription("sha256 of its artifact, hex; absent without a model")
        String sha256,

        @JsonPropertyDescription("what trained it; absent without a model")
        String learner,

        @JsonPropertyDescription("when this instance took it up, ISO 8601; absent without a model")
        Instant loadedAt,

        @JsonPropertyDescription("exploration rule, or none, or frozen, apprentice, loggingOnly")
        String policy,

        @JsonPropertyDescription("all models that this instance holds for the loop")
        List<HeldModel> models,

        @JsonPropertyDescription(
                "how often the model of an apprentice would have agreed; absent before the first comparison")
        Apprentice apprentice) {

    /** An apprentice's model beside the baseline. */
    public record Apprentice(
            @JsonPropertyDescription("decisions that it was compared in, on this instance since it started")
            long decisions,

            @JsonPropertyDescription("share of them in which its best action was the baseline's, in [0, 1]")
            double agreement) {}

    /** A model and its role. */
    public record HeldModel(
            @JsonPropertyDescription("champion, challenger, shadow or pinned")
            String role,

            @JsonPropertyDescription("version of the model") long version,

            @JsonPropertyDescription("sha256 of its artifact, hex")
            String sha256,

            @JsonPropertyDescription("what trained it") String learner,

            @JsonPropertyDescription("size of its artifact, bytes")
            long sizeBytes,

            @JsonPropertyDescription("when this instance took it up, ISO 8601")
            Instant loadedAt) {

        private static HeldModel of(ServingModel model) {
            return new HeldModel(
                    model.role().word(),
                    model.version(),
                    model.sha256(),
                    model.learner(),
                    model.sizeBytes(),
                    model.admittedAt());
        }
    }

    private static String word(ServingLoop serving) {
        ServingMode mode = serving.loop().settings().serving().mode();
        return mode == ServingMode.ONLINE ? serving.policy().word() : mode.word();
    }

    static ServingAnswer of(ServingLoop serving, Optional<Apprenticeship> apprentice) {
        Loop loop = serving.loop();
        boolean frozen = loop.freeze() != null && loop.freeze().action() != null;
        HeldModel answering = serving.answering().map(HeldModel::of).orElse(null);
        boolean none = answering == null;
        return new ServingAnswer(
                loop.name(),
                loop.revision(),
                none ? 0 : answering.version,
                serving.answering().map(ServingModel::checkpoint).orElse(null),
                none ? null : answering.role,
                none ? null : answering.sha256,
                none ? null : answering.learner,
                none ? null : answering.loadedAt,
                frozen ? ServingPolicy.FROZEN : word(serving),
                serving.models().values().stream().map(HeldModel::of).toList(),
                apprentice
                        .map(found -> new Apprentice(found.decisions(), found.share()))
                        .orElse(null));
    }
}
