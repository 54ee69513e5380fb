package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.PartExport;
import io.leeway.core.features.Situation;
import io.leeway.core.model.AutoLayout;
import java.util.List;
import java.util.Optional;

/** Some experts that see situations alike. Not thread-safe. */
interface Member {
    /** The number of experts. */
    int size();

    /**
     * Writes what each expert predicts for each action of the situation: scaled rewards, NaN where it knows nothing.
     *
     * @param arms the actions' places, {@link Arms#UNKNOWN} for new ones
     * @param from the first action that is asked about
     * @param to the first after it that is not
     * @param predictions a row per expert
     */
    void predict(Situation situation, int[] arms, int from, int to, double[][] predictions);

    /**
     * Learns a feedback of the situation predicted last, of an action that was asked about.
     *
     * @param scaled the scaled reward
     */
    void learn(Situation situation, int action, int arm, double scaled, double probability);

    /** The posterior deviation of an action's mean, in the situation predicted last, in units of the noise. */
    default double deviation(int action, int arm) {
        throw new UnsupportedOperationException("must have a posterior: member=" + this);
    }

    /** What the action's deviation hardly ever exceeds; cheap. */
    default double largestDeviation(int action, int arm) {
        throw new UnsupportedOperationException("must have a posterior: member=" + this);
    }

    /** Learns anew from what is remembered. @param fresh how many of the latest feedbacks came since the last time */
    void refit(Memory memory, int fresh);

    /** What its experts are called, in their order. */
    List<String> names();

    /** The columns that its experts see; empty if they see hashed features. */
    Optional<AutoLayout.View> view();

    /** An expert as it is served. */
    PartExport export(int expert, int arms);

    /** Writes what {@link #refit} does not bring back, or reads it; a refit follows. */
    void exchange(Memento state);
}
