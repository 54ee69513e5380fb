package io.leeway.training.learning;

import java.util.Map;

/** Fits a model to a design. Not thread safe. */
public interface Learner {
    /**
     * Deterministic in its arguments.
     *
     * @param trainRows the first rows of the design are learned from; the rest, newer, say when to stop
     */
    Fit fit(Design design, int trainRows, Hyperparameters wanted, Progress progress);

    /** What computes, for the provenance. */
    String backend();

    /** Versions of the libraries that the weights depend on. */
    Map<String, String> libraryVersions();

    /** Is told how far training is. */
    interface Progress {
        /** @param validationLoss mean squared error in units of the target's variance; NaN without validation rows */
        void epoch(int epoch, int epochs, double trainLoss, double validationLoss);
    }
}
