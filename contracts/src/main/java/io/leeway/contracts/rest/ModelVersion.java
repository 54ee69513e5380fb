package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        Map<String, Object> provenance,

        @JsonPropertyDescription("what people noted of it, by name")
        Map<String, String> tags,

        @JsonPropertyDescription("what led to it") Lineage lineage) {
    /** A version that nobody has tagged yet. */
    public ModelVersion {
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A version that nobody has tagged, and of which it is not known what led to it. */
    public ModelVersion(
            String loop,
            long version,
            String learner,
            List<String> roles,
            String jobId,
            Instant createdAt,
            String sha256,
            String weightsSha256,
            long sizeBytes,
            Map<String, Object> metrics,
            List<GateVerdict> gates,
            Map<String, Object> provenance) {
        this(
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
                gates,
                provenance,
                Map.of(),
                null);
    }

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
                provenance,
                tags,
                lineage);
    }
}
