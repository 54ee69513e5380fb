package io.leeway.core.bandit.online;

import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/** A scorer that knows how uncertain its predictions are. Not thread-safe. */
public interface PosteriorScorer extends OnlineScorer {
    /**
     * Writes the posterior mean of each action's reward and its standard deviation in units of the noise's.
     *
     * @param means at least as long as the situation has actions
     * @param deviations likewise; finite and not negative
     */
    void scoreAndDeviation(Situation situation, double[] means, double[] deviations);

    /**
     * Writes one draw of the actions' predicted rewards from the posterior, jointly where actions share weights.
     *
     * @param scale of the deviations, not negative
     */
    void sample(Situation situation, double scale, RandomGenerator random, double[] draws);
}
