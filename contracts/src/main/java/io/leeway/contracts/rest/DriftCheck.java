package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.MovedInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a check of a loop's inputs saw that somebody asked for. */
public record DriftCheck(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("when it was checked, ISO 8601")
        Instant time,

        @JsonPropertyDescription("version of the model whose training data were the reference")
        long modelVersion,

        @JsonPropertyDescription("decisions that were compared with them")
        int rows,

        @JsonPropertyDescription("time of the earliest of those decisions, ISO 8601")
        Instant since,

        @JsonPropertyDescription("inputs that were compared")
        int inputs,

        @JsonPropertyDescription("inputs that were not, because there are too many")
        int leftOut,

        @JsonPropertyDescription("whether any input moved by the loop's level and minimum effect")
        boolean drifted,

        @JsonPropertyDescription("smallest p-value after Benjamini-Hochberg, in [0, 1]")
        double smallestPValue,

        @JsonPropertyDescription(
                "the inputs that moved; those first that change most of the model's decisions, where a model can say, else the largest effect first")
        List<MovedInput> moved,

        @JsonPropertyDescription("what was seen, in a sentence")
        String description,

        @JsonPropertyDescription("the check that each finding violates, named as SageMaker Model Monitor names them")
        List<Map<String, Object>> checks,

        @JsonPropertyDescription("what was compared with, in words")
        String reference,

        @JsonPropertyDescription("the retrain request that was sent; absent where none was")
        String retrainRequestId,

        @JsonPropertyDescription("why no retraining was asked for, in words; absent where it was, or was not wanted")
        String notRetrained) {}
