package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One test of one input. */
public record InputTest(
        @JsonPropertyDescription("name of the test") String test,
        @JsonPropertyDescription("its statistic") double statistic,
        @JsonPropertyDescription("p-value, in [0, 1]") double pValue,

        @JsonPropertyDescription("p-value after Benjamini-Hochberg over all inputs, in [0, 1]")
        double adjustedPValue,

        @JsonPropertyDescription("largest difference of two probabilities, in [0, 1]")
        double effect,

        @JsonPropertyDescription("whether level and minimum effect are both passed")
        boolean drifted) {}
