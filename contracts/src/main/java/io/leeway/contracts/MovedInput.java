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
        @JsonPropertyDescription("what moved, in words") String description,

        @JsonPropertyDescription(
                "share of the decisions in which the model prefers another action because this input moved, in [0, 1]; absent where no model could say")
        Double decisionsChanged,

        @JsonPropertyDescription(
                "mean absolute change of the model's scores or prediction because this input moved, unit of the reward; absent where no model could say")
        Double scoreChange) {

    public MovedInput {
        Check.id("input", input);
        Check.finite("statistic", statistic);
        Check.within("pValue", pValue, 0, 1);
        Check.within("effect", effect, 0, 1);
        if (decisionsChanged != null) {
            Check.within("decisionsChanged", decisionsChanged, 0, 1);
        }
        Check.finiteIfGiven("scoreChange", scoreChange);
    }

    /** An input of which no model says what its change did. */
    public MovedInput(String input, String test, double statistic, double pValue, double effect, String description) {
        this(input, test, statistic, pValue, effect, description, null, null);
    }

    /** The same with what a model says. */
    public MovedInput withEffectOnDecisions(double changed, double score, String words) {
        return new MovedInput(input, test, statistic, pValue, effect, description + "; " + words, changed, score);
    }
}
