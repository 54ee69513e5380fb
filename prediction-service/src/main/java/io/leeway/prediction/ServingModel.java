package io.leeway.prediction;

import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import java.time.Instant;

/**
 * A model that was admitted: it has been read, checked, and has scored. Immutable and thread safe.
 *
 * @param version as the registry numbered it, from 1 on
 * @param checkpoint of its version, as VERSION+FEEDBACKS; null for the version itself
 * @param sha256 of the artifact, hex
 * @param admittedAt when this instance took it up
 */
public record ServingModel(
        ModelRole role,
        long version,
        String checkpoint,
        String sha256,
        String learner,
        String loopKind,
        long sizeBytes,
        Instant admittedAt,
        FeatureSpec features,
        Scorer scorer) {

    /** A version itself. */
    public ServingModel(
            ModelRole role,
            long version,
            String sha256,
            String learner,
            String loopKind,
            long sizeBytes,
            Instant admittedAt,
            FeatureSpec features,
            Scorer scorer) {
        this(role, version, null, sha256, learner, loopKind, sizeBytes, admittedAt, features, scorer);
    }

    ServingModel withScorer(Scorer other) {
        return new ServingModel(
                role, version, checkpoint, sha256, learner, loopKind, sizeBytes, admittedAt, features, other);
    }

    /** Whether a loop of this kind can be served by it. */
    public boolean fits(LoopKind kind) {
        return loopKind.equals(kind == LoopKind.REGRESSION ? ModelDescription.REGRESSION : ModelDescription.BANDIT);
    }
}
