package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** Which model versions decided, and how often; also in weeks that were dropped for their age. */
public record LoopVersions(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the time asked about, ISO 8601")
        Instant at,

        @JsonPropertyDescription(
                "version that made the last decision up to then; 0 without a model; absent if there was none")
        Long modelVersion,

        @JsonPropertyDescription(
                "time of that decision, ISO 8601; absent where its week was dropped and only counts are left of it")
        Instant decidedAt,

        @JsonPropertyDescription(
                "versions of the last 100 decisions up to then that are kept: more than one in a mixture or about a"
                        + " swap")
        List<VersionCount> lately,

        @JsonPropertyDescription("decisions by version, the newest version first; at most 1000")
        List<VersionCount> versions) {

    /** What one version decided. */
    public record VersionCount(
            @JsonPropertyDescription("the version; 0 without a model")
            long modelVersion,

            @JsonPropertyDescription("its decisions") long decisions,

            @JsonPropertyDescription("time of the first of them, ISO 8601")
            Instant first,

            @JsonPropertyDescription("time of the last of them, ISO 8601")
            Instant last) {}
}
