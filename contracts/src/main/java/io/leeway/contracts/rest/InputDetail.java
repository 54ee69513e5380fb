package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** One input as it was and as it is. */
public record InputDetail(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("path of the input, as in user.age")
        String input,

        @JsonPropertyDescription("version of the model that serves; 0 without one")
        long modelVersion,

        @JsonPropertyDescription("what it is compared with, in words")
        String reference,

        @JsonPropertyDescription("the tests of this input, at the loop's level")
        List<InputTest> tests,

        @JsonPropertyDescription("what moved, in words; absent where nothing did")
        String description,

        @JsonPropertyDescription("the input in the reference")
        InputDistribution before,

        @JsonPropertyDescription("the input in the newest decisions")
        InputDistribution after) {}
