package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/**
 * Answers with the probability of each eligible action and learns from each feedback once. Excluded actions are not in the
 * situation. Not thread-safe.
 */
public interface OnlinePolicy {
    /**
     * The distribution to sample the action from and to log; the policy itself does not change.
     *
     * @param random used by policies that count votes of sampled models only; the votes' shares are the distribution returned
     */
    Distribution decide(Situation situation, RandomGenerator random);

    /**
     * Learns what the choice brought.
     *
     * @param choice the index among the situation's actions and the probability with which it was taken
     * @param reward finite, the higher the better, any range
     */
    void learn(Situation situation, Choice choice, double reward);

    /** Starts from a batch: learns its feedbacks in their order, each once. */
    default void learn(Iterable<Feedback> batch) {
        for (Feedback feedback : batch) {
            learn(feedback.situation(), feedback.choice(), feedback.reward());
        }
    }
}
