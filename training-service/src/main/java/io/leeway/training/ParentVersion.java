package io.leeway.training;

import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.evaluation.LossDifferenceSequence;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.training.learning.TrainingRow;
import java.util.List;

/** The version that checkpoints go out from, and how the learner compares with it. Not thread safe. */
final class ParentVersion {
    /** A comparison begins anew after so many feedbacks, so that what is recent counts. */
    private static final long COMPARED = 5_000;
    /** Of one comparison: that the learner is held back although it is not worse. */
    private static final double CONFIDENCE = 0.999;

    private final long version;
    private final Artifact artifact;
    private final Scorer scorer;
    private final double cap;
    private LossDifferenceSequence comparison;
    private double own;
    private double theirs;

    /** @param cap at which squared errors are cut */
    ParentVersion(ModelVersion version, Artifact artifact, double cap) {
        this.version = version.version();
        this.artifact = artifact;
        this.scorer = Scorers.of(artifact);
        this.cap = cap;
        begin();
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

    Artifact artifact() {
        return artifact;
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
