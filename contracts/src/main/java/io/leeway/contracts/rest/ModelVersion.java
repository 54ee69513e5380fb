package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One registered model version. */
public record ModelVersion(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("number of the version in its loop, from 1 on")
        long version,

        @JsonPropertyDescription("dl4j or linear") String learner,
        @JsonPropertyDescription("roles that it holds now") List<String> roles,
        @JsonPropertyDescription("the job that made it") String jobId,

        @JsonPropertyDescription("when it was registered, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription("sha256 of the artifact, hex")
        String sha256,

        @JsonPropertyDescription("sha256 of the weights alone, hex")
        String weightsSha256,

        @JsonPropertyDescription("size of the artifact, bytes")
        long sizeBytes,

        @JsonPropertyDescription("figures on training and held-out data, by name")
        Map<String, Object> metrics,

        @JsonPropertyDescription("what the gates said") List<GateVerdict> gates,

        @JsonPropertyDescription("where it comes from: data, hyperparameters, seed, versions")
        Map<String, Object> provenance) {
    /** The same with what one more gate said. */
    public ModelVersion withGate(GateVerdict verdict) {
        List<GateVerdict> more = new ArrayList<>(gates);
        more.add(verdict);
        return new ModelVersion(
                loop,
                version,
                learner,
                roles,
                jobId,
                createdAt,
                sha256,
                weightsSha256,
                sizeBytes,
                metrics,
                List.copyOf(more),
                provenance);
    }
}
