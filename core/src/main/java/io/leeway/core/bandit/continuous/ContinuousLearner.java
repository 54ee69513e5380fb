package io.leeway.core.bandit.continuous;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.auto.ExpertStanding;
import io.leeway.core.features.Situation;
import java.util.List;

/** Learns from each feedback once, as it comes. In a regression loop the situation has one action. Not thread-safe. */
public interface ContinuousLearner extends LearnedState {
    /** The predicted reward of each action, or the predicted value; the learner itself does not change. */
    double[] score(Situation situation);

    /** The predicted reward of one action, the same as among all; learning of it right after costs less. */
    default double score(Situation situation, int action) {
        return score(situation)[action];
    }

    /** Learns what the choice brought. */
    void learn(Situation situation, Choice choice, double reward);

    /** How the members of a comparison stand; empty for a learner without. */
    default List<ExpertStanding> standings() {
        return List.of();
    }
}
