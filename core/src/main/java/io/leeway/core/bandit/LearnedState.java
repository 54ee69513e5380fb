package io.leeway.core.bandit;

import io.leeway.core.model.Export;

/** A learner that goes on after a restart, and whose predictions are served elsewhere. */
public interface LearnedState {
    /** What is served now; predicts as the learner does. At least one feedback has been learned. */
    Export export();

    /** Writes the state, or goes on from it in a learner that has just been made with the same options. */
    void exchange(Memento state);
}
