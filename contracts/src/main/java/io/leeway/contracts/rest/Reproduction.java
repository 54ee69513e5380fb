package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import java.util.ArrayList;
import java.util.List;

/** What came of training a version again from its provenance alone. */
public record Reproduction(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the version, >= 1") long version,

        @JsonPropertyDescription("whether the weights are the same")
        boolean same,

        @JsonPropertyDescription("SHA-256 of the version's weights, in hexadecimal")
        String weightsSha256,

        @JsonPropertyDescription("that of the weights that came out now; absent if nothing could be trained")
        String reproducedSha256,

        @JsonPropertyDescription("what can no longer be had, or is not as it was, in words; empty if nothing")
        List<String> missing) {
    public Reproduction {
        List<String> words = missing == null ? new ArrayList<>() : new ArrayList<>(missing);
        if (words.contains(null)) {
            throw new ContractViolation("missing[" + words.indexOf(null) + "]", "must not be null", null);
        }
        missing = List.copyOf(words);
    }
}
