package io.leeway.core.bandit.continuous;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.auto.ExpertStanding;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Export;
import java.util.List;

/** Learns from each feedback once, as it comes. In a regression loop the situation has one action. Not thread-safe. */
public interface ContinuousLearner {
    /** The predicted reward of each action, or the predicted value; the learner itself does not change. */
    double[] score(Situation situation);

    /** Learns what the choice brought. */
    void learn(Situation situation, Choice choice, double reward);

    /** What is served now; predicts as the learner does. At least one feedback has been learned. */
    Export export();

    /** Writes the state, or goes on from it in a learner that has just been made with the same configuration. */
    void exchange(Memento state);

    /** How the members of a comparison stand; empty for a learner without. */
    default List<ExpertStanding> standings() {
        return List.of();
    }
}
