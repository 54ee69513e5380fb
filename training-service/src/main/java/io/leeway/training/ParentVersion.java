package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.evaluation.LossDifferenceSequence;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.training.learning.TrainingRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The version that checkpoints go out from, and how the learner compares with it. Not thread safe. */
final class ParentVersion {
    /** A comparison begins anew after so many feedbacks, so that what is recent counts. */
    private static final long COMPARED = 5_000;
    /** Of one comparison: that the learner is held back although it is not worse. */
    private static final double CONFIDENCE = 0.999;
    /** Errors of a regression are cut at so many of its version's. */
    private static final double CAP = 5;

    private final long version;
    private final Artifact artifact;
    private final Scorer scorer;
    private final double cap;
    private LossDifferenceSequence comparison;
    private double own;
    private double theirs;

    private ParentVersion(long version, Artifact artifact, double cap) {
        this.version = version;
        this.artifact = artifact;
        this.scorer = Scorers.of(artifact);
        this.cap = cap;
        begin();
    }

    static ParentVersion of(Loop loop, ModelVersion version, Artifact artifact) {
        return new ParentVersion(version.version(), artifact, cap(loop, version));
    }

    /** At which squared errors are cut. */
    private static double cap(Loop loop, ModelVersion version) {
        if (loop.kind() == LoopKind.BANDIT) {
            double width = Gates.range(loop).width();
            return Math.min(width * width, 1e12);
        }
        double rmse = version.metrics().get("rmse") instanceof Number number ? number.doubleValue() : 1;
        return Math.max(1e-12, CAP * CAP * rmse * rmse);
    }

    /**
     * The artifact of a checkpoint: of this version, with what has been learned since.
     *
     * @param offsets by partition, to which feedback has been read
     */
    Artifact next(Export learned, long feedbacks, Map<String, Long> offsets, Instant at) {
        ModelDescription of = artifact.description();
        Provenance was = of.provenance();
        Provenance.Dataset dataset = new Provenance.Dataset(
                "checkpoint " + version + "+" + feedbacks,
                feedbacks,
                was.dataset().sha256(),
                offsets,
                was.dataset().from(),
                was.dataset().to());
        Provenance provenance = new Provenance(
                dataset,
                was.featureSpecSha256(),
                was.hyperparameters(),
                was.seed(),
                was.commit(),
                was.libraryVersions(),
                was.platform(),
                at,
                was.trigger());
        return Artifact.of(
                new ModelDescription(
                        of.format(),
                        of.loop(),
                        version,
                        of.loopKind(),
                        of.learner(),
                        learned.layout(),
                        of.heads(),
                        of.features(),
                        of.policyDefaults(),
                        provenance,
                        of.profile()),
                learned.tensors());
    }

    /** Compares what comes from now on. */
    void begin() {
        comparison = new LossDifferenceSequence(cap, CONFIDENCE);
        own = 0;
        theirs = 0;
    }

    /** @param ownLoss the learner's squared error, before it learned from the row */
    void compare(TrainingRow row, double ownLoss) {
        double miss = score(row) - row.reward();
        if (comparison.count() >= COMPARED) {
            begin();
        }
        comparison.add(miss * miss, ownLoss);
        own += Math.min(cap, ownLoss);
        theirs += Math.min(cap, miss * miss);
    }

    /** Of the chosen action alone where the others cannot matter: only one that is not known is compared with them. */
    private double score(TrainingRow row) {
        if (row.chosen() < 0) {
            return scorer.predict(row.context());
        }
        Action chosen = row.actions().get(row.chosen());
        return heads().contains(chosen.id())
                ? scorer.score(row.context(), List.of(chosen))[0]
                : scorer.score(row.context(), row.actions())[row.chosen()];
    }

    long version() {
        return version;
    }

    List<String> heads() {
        return artifact.description().heads();
    }

    /** Feedbacks compared. */
    long compared() {
        return comparison.count();
    }

    /** Whether the learner is proven worse. */
    boolean beats() {
        return comparison.isWorseThan(0);
    }

    /** Whether the learner has been as good so far. */
    boolean isMatched() {
        return own <= theirs;
    }

    /** The learner's mean squared error over the comparison. */
    double learnersError() {
        return own / comparison.count();
    }

    /** The version's own; null before anything was compared. */
    Double error() {
        return comparison.count() == 0 ? null : theirs / comparison.count();
    }

    /** By how much of mean squared error the learner is worse at least. */
    double leastDifference() {
        return -comparison.interval().upper();
    }
}
