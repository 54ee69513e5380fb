package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A change, found by a named test. Key on its topic: the loop. */
public record Drift(
        @JsonPropertyDescription("identity of this drift; its states share it")
        String driftId,

        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("when this was found, ISO 8601")
        Instant time,

        @JsonPropertyDescription("suspected, detected or resolved")
        DriftState state,

        @JsonPropertyDescription("inputs, predictions, actions, rewards, quality or data")
        DriftKind kind,

        @JsonPropertyDescription("version of the model that was serving; 0 without one")
        long modelVersion,

        @JsonPropertyDescription("name of the test or detector")
        String test,

        @JsonPropertyDescription("its statistic") double statistic,

        @JsonPropertyDescription("its p-value or level, in [0, 1]; absent where there is none")
        Double pValue,

        @JsonPropertyDescription("size of the change, in the unit that description names")
        Double effect,

        @JsonPropertyDescription("when the change is estimated to have happened, ISO 8601")
        Instant since,

        @JsonPropertyDescription("events looked at since the model began to serve")
        long events,

        @JsonPropertyDescription("what happened, in a sentence")
        String description,

        @JsonPropertyDescription("how much it matters: low, medium or high")
        DriftSeverity severity,

        @JsonPropertyDescription("the events that were compared")
        DriftWindow window,

        @JsonPropertyDescription("what they were compared with, in words")
        String reference,

        @JsonPropertyDescription(
                "the part of the loop's decisions that changed, as in country=DE; absent where it is all of them")
        String segment,

        @JsonPropertyDescription(
                "the inputs that moved most; those first that change most of the model's decisions, where a model can say, else the largest effect first")
        List<MovedInput> inputs,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Drift {
        Check.id("driftId", driftId);
        Check.loopName("loop", loop);
        Check.present("time", time);
        Check.present("state", state);
        Check.present("kind", kind);
        Check.id("test", test);
        Check.atLeast("modelVersion", modelVersion, 0);
        Check.finite("statistic", statistic);
        if (pValue != null) {
            Check.within("pValue", pValue, 0, 1);
        }
        Check.finiteIfGiven("effect", effect);
        Check.atLeast("events", events, 0);
        if (segment != null) {
            Check.id("segment", segment);
        }
        inputs = Check.copy("inputs", inputs);
        other = Check.copy(other);
    }

    /** A drift of which neither severity nor window is said. */
    public Drift(
            String driftId,
            String loop,
            Instant time,
            DriftState state,
            DriftKind kind,
            long modelVersion,
            String test,
            double statistic,
            Double pValue,
            Double effect,
            Instant since,
            long events,
            String description,
            List<MovedInput> inputs,
            Map<String, Object> other) {
        this(
                driftId,
                loop,
                time,
                state,
                kind,
                modelVersion,
                test,
                statistic,
                pValue,
                effect,
                since,
                events,
                description,
                null,
                null,
                null,
                null,
                inputs,
                other);
    }
}
