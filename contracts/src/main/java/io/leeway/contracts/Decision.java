package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the policy did, with everything that is needed to learn from it and to replay it. Key on its topic: the event id. */
public record Decision(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the decision's identity within the loop, 1 to 200 characters")
        String eventId,

        @JsonPropertyDescription("revision of the loop's settings that was in force, >= 1")
        long loopRevision,

        @JsonPropertyDescription("kind of the loop") LoopKind kind,

        @JsonPropertyDescription("when it was decided, ISO 8601")
        Instant time,

        @JsonPropertyDescription("what was known") Map<String, Object> context,

        @JsonPropertyDescription("every action that was offered, with its features")
        List<Action> actions,

        @JsonPropertyDescription("ids of offered actions that were not eligible")
        List<String> excluded,

        @JsonPropertyDescription("what was decided, slot by slot; empty in a regression loop")
        List<SlotDecision> slots,

        @JsonPropertyDescription("the predicted value (regression loops); absent without a model")
        Double prediction,

        @JsonPropertyDescription("version of the model that decided; 0 without a model")
        long modelVersion,

        @JsonPropertyDescription(
                "the checkpoint of that version's continuous learner that decided, as VERSION+FEEDBACKS, the feedbacks that"
                        + " it had learned; absent where the version itself decided")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String checkpoint,

        @JsonPropertyDescription(
                "exploration rule, or none, or frozen; or whose baseline it was: apprentice, loggingOnly")
        String policy,

        @JsonPropertyDescription("the policies that were mixed; empty where there was only one")
        List<Component> components,

        @JsonPropertyDescription("index of the component that was drawn; absent without a mixture")
        Integer drawnComponent,

        @JsonPropertyDescription("what shadow models would have done; never served")
        List<Component> shadows,

        @JsonPropertyDescription("whether it is learned from only after an activation")
        boolean deferred,

        @JsonPropertyDescription("place in an episode (mdp loops)")
        Episode episode,

        @JsonPropertyDescription("which features moved the score; only where the request asked for it")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<FeatureEffect> explanation,

        @JsonPropertyDescription(
                "where the true value lies (regression loops); absent where the model states no intervals")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        PredictionInterval interval,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Decision {
        Check.loopName("loop", loop);
        Check.id("eventId", eventId);
        Check.atLeast("loopRevision", loopRevision, 1);
        Check.present("kind", kind);
        Check.present("time", time);
        context = Check.copy(context);
        actions = Action.distinct("actions", actions);
        excluded = Check.copy("excluded", excluded);
        slots = Check.copy("slots", slots);
        if (kind != LoopKind.REGRESSION && slots.isEmpty()) {
            throw new ContractViolation("slots", "must have at least one slot in a " + kind + " loop", slots);
        }
        Check.finiteIfGiven("prediction", prediction);
        Check.atLeast("modelVersion", modelVersion, 0);
        Check.checkpointIfGiven("checkpoint", checkpoint);
        Check.id("policy", policy);
        components = Check.copy("components", components);
        if (drawnComponent != null) {
            Check.atLeast("drawnComponent", drawnComponent, 0);
        }
        shadows = Check.copy("shadows", shadows);
        explanation = Check.copy("explanation", explanation);
        other = Check.copy(other);
    }

    public static Builder builder(String loop, String eventId, LoopKind kind, Instant time) {
        return new Builder(loop, eventId, kind, time);
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        return builder(loop, eventId, kind, time)
                .loopRevision(loopRevision)
                .context(context)
                .actions(actions)
                .excluded(excluded)
                .slots(slots)
                .prediction(prediction)
                .modelVersion(modelVersion)
                .checkpoint(checkpoint)
                .policy(policy)
                .components(components)
                .drawnComponent(drawnComponent)
                .shadows(shadows)
                .deferred(deferred)
                .episode(episode)
                .explanation(explanation)
                .interval(interval)
                .other(other);
    }

    /**
     * A decision while it is made: of revision 1 of its loop and without a model, unless that is set; what else is not set is absent, but the
     * policy must be set. Not thread safe.
     */
    public static final class Builder {
        private final String loop;
        private final String eventId;
        private final LoopKind kind;
        private final Instant time;
        private long loopRevision = 1;
        private Map<String, Object> context;
        private List<Action> actions;
        private List<String> excluded;
        private List<SlotDecision> slots;
        private Double prediction;
        private long modelVersion;
        private String checkpoint;
        private String policy;
        private List<Component> components;
        private Integer drawnComponent;
        private List<Component> shadows;
        private boolean deferred;
        private Episode episode;
        private List<FeatureEffect> explanation;
        private PredictionInterval interval;
        private Map<String, Object> other;

        private Builder(String loop, String eventId, LoopKind kind, Instant time) {
            this.loop = loop;
            this.eventId = eventId;
            this.kind = kind;
            this.time = time;
        }

        public Builder loopRevision(long value) {
            this.loopRevision = value;
            return this;
        }

        public Builder context(Map<String, Object> value) {
            this.context = value;
            return this;
        }

        public Builder actions(List<Action> value) {
            this.actions = value;
            return this;
        }

        public Builder excluded(List<String> value) {
            this.excluded = value;
            return this;
        }

        public Builder slots(List<SlotDecision> value) {
            this.slots = value;
            return this;
        }

        public Builder prediction(Double value) {
            this.prediction = value;
            return this;
        }

        public Builder modelVersion(long value) {
            this.modelVersion = value;
            return this;
        }

        public Builder checkpoint(String value) {
            this.checkpoint = value;
            return this;
        }

        public Builder policy(String value) {
            this.policy = value;
            return this;
        }

        public Builder components(List<Component> value) {
            this.components = value;
            return this;
        }

        public Builder drawnComponent(Integer value) {
            this.drawnComponent = value;
            return this;
        }

        public Builder shadows(List<Component> value) {
            this.shadows = value;
            return this;
        }

        public Builder deferred(boolean value) {
            this.deferred = value;
            return this;
        }

        public Builder episode(Episode value) {
            this.episode = value;
            return this;
        }

        public Builder explanation(List<FeatureEffect> value) {
            this.explanation = value;
            return this;
        }

        public Builder interval(PredictionInterval value) {
            this.interval = value;
            return this;
        }

        public Builder other(Map<String, Object> value) {
            this.other = value;
            return this;
        }

        public Decision build() {
            return new Decision(
                    loop,
                    eventId,
                    loopRevision,
                    kind,
                    time,
                    context,
                    actions,
                    excluded,
                    slots,
                    prediction,
                    modelVersion,
                    checkpoint,
                    policy,
                    components,
                    drawnComponent,
                    shadows,
                    deferred,
                    episode,
                    explanation,
                    interval,
                    other);
        }
    }
}
