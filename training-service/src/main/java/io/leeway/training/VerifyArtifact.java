package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.util.List;
import java.util.Map;

/** Looks, before a version moves into a role, whether its bytes are still what was registered and can be served. Stateless. */
final class VerifyArtifact {
    private VerifyArtifact() {}

    /** @throws RegistryException with what is wrong; then nothing has moved */
    static void require(Loop loop, ModelVersion version, byte[] bytes) {
        String found = Artifact.sha256(bytes);
        if (!found.equals(version.sha256())) {
            throw wrong(version, "has the sha256 " + found + " and was registered with " + version.sha256());
        }
        try {
            Artifact artifact = Artifact.read(bytes);
            requireScores(loop, artifact);
        } catch (InvalidArtifactException | IllegalStateException | IllegalArgumentException e) {
            throw wrong(version, "cannot be served: " + e.getMessage());
        }
    }

    private static void requireScores(Loop loop, Artifact artifact) {
        ModelDescription model = artifact.description();
        boolean regression = loop.kind() == LoopKind.REGRESSION;
        if (regression != model.loopKind().equals(ModelDescription.REGRESSION)) {
            throw new IllegalStateException(
                    "must fit a loop of kind " + loop.kind() + ": loopKind=" + model.loopKind());
        }
        Scorer scorer = Scorers.of(artifact);
        double[] scores = regression
                ? new double[] {scorer.predict(Map.of())}
                : scorer.score(Map.of(), List.of(Action.of("an action"), Action.of("another action")));
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new IllegalStateException("must be finite: score=" + score);
            }
        }
    }

    private static RegistryException wrong(ModelVersion version, String what) {
        return RegistryException.conflict("version " + version.version() + " stays where it is: its artifact " + what);
    }
}
