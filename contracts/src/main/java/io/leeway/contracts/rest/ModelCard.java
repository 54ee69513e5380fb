package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.LoopKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a person should know of a model version before trusting it (Mitchell et al., Model Cards, 2019). */
public record ModelCard(
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("number of the version") long version,

        @JsonPropertyDescription("bandit or regression") LoopKind kind,

        @JsonPropertyDescription("what the loop is for, in its owner's words")
        String purpose,

        @JsonPropertyDescription("roles that it holds now") List<String> roles,

        @JsonPropertyDescription("when it was registered, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription("what it is: dl4j, linear and the like")
        String learner,

        @JsonPropertyDescription("what led to it") Lineage lineage,

        @JsonPropertyDescription("the rows that it learned from")
        Data data,

        @JsonPropertyDescription("hyperparameters by name") Map<String, Object> parameters,

        @JsonPropertyDescription("figures on held-out rows and of the training, by name")
        Map<String, Object> metrics,

        @JsonPropertyDescription(
                "figures by parts of the held-out rows that share a value: segment, rows, and difference (of the policy's value, unit of the reward) or rmse and bias (unit of the value)")
        List<Map<String, Object>> segments,

        @JsonPropertyDescription("what the gates said") List<GateVerdict> gates,

        @JsonPropertyDescription("what its inputs looked like in training, by path")
        List<Input> inputs,

        @JsonPropertyDescription("how often each action was taken in training, most frequent first")
        List<Taken> actions,

        @JsonPropertyDescription("what it cannot be relied on for, in words")
        List<String> limits,

        @JsonPropertyDescription("what people noted of it, by name")
        Map<String, String> tags) {
    /** The rows that were learned from. */
    public record Data(
            @JsonPropertyDescription("identity of the data set")
            String dataset,

            @JsonPropertyDescription("sha256 of its rows, hex")
            String sha256,

            @JsonPropertyDescription("how many rows") Long rows,

            @JsonPropertyDescription("time of the earliest, ISO 8601")
            String from,

            @JsonPropertyDescription("time of the latest, ISO 8601")
            String to,

            @JsonPropertyDescription("end offsets by topic-partition")
            Map<String, Object> offsets) {}

    /** One input as it was in training. */
    public record Input(
            @JsonPropertyDescription("path in the context") String path,

            @JsonPropertyDescription("share of rows without it, in [0, 1]")
            double missing,

            @JsonPropertyDescription("smallest number; absent without numbers")
            Double smallest,

            @JsonPropertyDescription("middle number; absent without numbers")
            Double median,

            @JsonPropertyDescription("largest number; absent without numbers")
            Double largest,

            @JsonPropertyDescription("most frequent words, at most 10, most frequent first")
            List<String> words) {}

    /** One action and how often it was taken. */
    public record Taken(
            @JsonPropertyDescription("id of the action") String action,

            @JsonPropertyDescription("rows in which it was taken")
            long rows) {}
}
