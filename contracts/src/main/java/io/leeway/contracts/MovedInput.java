package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One input that moved, with the test that says so. */
public record MovedInput(
        @JsonPropertyDescription("path of the input, as in user.age")
        String input,

        @JsonPropertyDescription("name of the test") String test,
        @JsonPropertyDescription("the test's statistic") double statistic,
        @JsonPropertyDescription("p-value, in [0, 1]") double pValue,
        @JsonPropertyDescription("effect size, in [0, 1]") double effect,
        @JsonPropertyDescription("what moved, in words") String description) {

    public MovedInput {
        Check.id("input", input);
        Check.finite("statistic", statistic);
        Check.within("pValue", pValue, 0, 1);
        Check.within("effect", effect, 0, 1);
    }
}
