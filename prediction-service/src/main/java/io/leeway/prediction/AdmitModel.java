package io.leeway.prediction;

import io.leeway.contracts.Loop;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a published model may serve: nothing that could fail a decision later gets in. Stateless. */
final class AdmitModel {
    private AdmitModel() {}

    /**
     * @param loop its loop, where that is known already
     * @throws ModelRefusedException with the reason
     */
    static ServingModel admit(PublishedModel published, Optional<Loop> loop, Instant now) {
        requireSame("sha256", published.sha256(), Artifact.sha256(published.bytes()));
        if (published.version() < 1) {
            throw new ModelRefusedException("must be >= 1: version=" + published.version());
        }
        Artifact artifact = read(published);
        ModelDescription description = artifact.description();
        requireSame("loop", published.loop(), description.loop());
        Scorer scorer = Scorers.of(artifact);
        ServingModel model = new ServingModel(
                published.role(),
                published.version(),
                published.sha256(),
                description.learner(),
                description.loopKind(),
                published.sizeBytes(),
                now,
                description.features(),
                scorer);
        loop.filter(known -> !model.fits(known.kind())).ifPresent(known -> {
            throw new ModelRefusedException(
                    "must fit a loop of kind " + known.kind() + ": loopKind=" + description.loopKind());
        });
        tryOut(scorer, description, loop);
        requireFiniteForAnyInput(artifact);
        return model;
    }

    private static Artifact read(PublishedModel published) {
        try {
            return Artifact.read(published.bytes());
        } catch (InvalidArtifactException e) {
            throw new ModelRefusedException(e.getMessage(), e);
        }
    }

    private static void requireSame(String name, String announced, String found) {
        if (!found.equals(announced)) {
            throw new ModelRefusedException("must be " + announced + " as announced: " + name + "=" + found);
        }
    }

    /** A test score: what serving will do, once, before it counts. */
    private static void tryOut(Scorer scorer, ModelDescription description, Optional<Loop> loop) {
        try {
            if (description.loopKind().equals(ModelDescription.REGRESSION)) {
                requireFinite(scorer.predict(Map.of()));
                return;
            }
            List<Action> actions = loop.map(known -> known.settings().actions())
                    .filter(own -> !own.isEmpty())
                    .map(Actions::toCore)
                    .orElse(List.of(Action.of("an action"), Action.of("another action")));
            for (double score : scorer.score(Map.of(), actions)) {
                requireFinite(score);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ModelRefusedException("must be able to score: " + e.getMessage(), e);
        }
    }

    private static void requireFinite(double score) {
        if (!Double.isFinite(score)) {
            throw new ModelRefusedException("must be finite: score=" + score);
        }
    }

    /** One test score proves little; this bounds every score that any input could bring about. */
    private static void requireFiniteForAnyInput(Artifact artifact) {
        double bound = ScoreBound.of(artifact);
        if (!(bound < Float.MAX_VALUE)) {
            throw new ModelRefusedException("must stay finite for any input: largest possible score=" + bound);
        }
    }
}
