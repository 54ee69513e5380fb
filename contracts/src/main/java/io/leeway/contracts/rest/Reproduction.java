package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
