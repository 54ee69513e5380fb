package io.leeway.prediction;

import io.leeway.contracts.Loop;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a published model may serve: nothing that could fail a decision later gets in. Stateless. */
final class AdmitModel {
    private static final int TRIES = 30;
    private static final int TRIES_AT_ONCE = 5;

    private AdmitModel() {}

    /**
     * @param loop its loop, where that is known already
     * @param budget longest time in which it may score one decision
     * @param rest called between parts of the work
     * @throws ModelRefusedException with the reason
     */
    static ServingModel admit(
            PublishedModel published, Optional<Loop> loop, Duration budget, Instant now, Runnable rest) {
        requireSame("sha256", published.sha256(), Artifact.sha256(published.bytes()));
        rest.run();
        if (published.version() < 1) {
            throw new ModelRefusedException("must be >= 1: version=" + published.version());
        }
        Artifact artifact = read(published);
        rest.run();
        ModelDescription description = artifact.description();
        requireSame("loop", published.loop(), description.loop());
        requireSame(
                "features' sha256",
                description.provenance().featureSpecSha256(),
                description.features().sha256());
        Scorer scorer = scorer(artifact);
        rest.run();
        ServingModel model = new ServingModel(
                published.role(),
                published.version(),
                published.checkpoint(),
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
        rest.run();
        requireQuick(scorer, description, loop, budget, rest);
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

    private static Scorer scorer(Artifact artifact) {
        try {
            return Scorers.of(artifact);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("cannot score: " + e.getMessage(), e);
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
            for (double score : scorer.score(Map.of(), actions(loop))) {
                requireFinite(score);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ModelRefusedException("must be able to score: " + e.getMessage(), e);
        }
    }

    private static List<Action> actions(Optional<Loop> loop) {
        return loop.map(known -> known.settings().actions())
                .filter(own -> !own.isEmpty())
                .map(Actions::toCore)
                .orElse(List.of(Action.of("an action"), Action.of("another action")));
    }

    /** By the best of some tries: the first are slow in any model, before it has been compiled. */
    private static void requireQuick(
            Scorer scorer, ModelDescription description, Optional<Loop> loop, Duration budget, Runnable rest) {
        List<Action> actions = actions(loop);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && best > budget.toNanos(); i++) {
            long begin = System.nanoTime();
            if (description.loopKind().equals(ModelDescription.REGRESSION)) {
                requireFinite(scorer.predict(Map.of()));
            } else {
                requireFinite(scorer.score(Map.of(), actions)[0]);
            }
            best = Math.min(best, System.nanoTime() - begin);
            if (i % TRIES_AT_ONCE == 0) {
                rest.run();
            }
        }
        if (best > budget.toNanos()) {
            throw new ModelRefusedException(
                    "must score a decision within " + budget + ": took " + Duration.ofNanos(best) + " at best");
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
        // Half of the range: an activation may double a value on its way.
        if (!(bound < Float.MAX_VALUE / 2)) {
            throw new ModelRefusedException("must stay finite for any input: largest possible score=" + bound);
        }
    }
}
