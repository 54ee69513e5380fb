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

    /** A decision of a version itself, without an interval, that nobody asked to explain. */
    public Decision(
            String loop,
            String eventId,
            long loopRevision,
            LoopKind kind,
            Instant time,
            Map<String, Object> context,
            List<Action> actions,
            List<String> excluded,
            List<SlotDecision> slots,
            Double prediction,
            long modelVersion,
            String policy,
            List<Component> components,
            Integer drawnComponent,
            List<Component> shadows,
            boolean deferred,
            Episode episode,
            Map<String, Object> other) {
        this(
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
                null,
                policy,
                components,
                drawnComponent,
                shadows,
                deferred,
                episode,
                null,
                null,
                other);
    }
}
