package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;

/** Predicts the reward of each action and learns from each feedback once, as it comes. Deterministic. Not thread-safe. */
public interface OnlineScorer {
    /**
     * Writes the predicted reward of each eligible action, finite.
     *
     * @param scores at least as long as the situation has actions
     */
    void score(Situation situation, double[] scores);

    /** The predicted reward of one action, the same as among all. */
    default double score(Situation situation, int action) {
        double[] scores = new double[situation.size()];
        score(situation, scores);
        return scores[action];
    }

    /**
     * Learns what the choice brought.
     *
     * @param choice the index among the situation's actions and the probability with which it was taken
     * @param reward finite, the higher the better, any range
     */
    void learn(Situation situation, Choice choice, double reward);
}
