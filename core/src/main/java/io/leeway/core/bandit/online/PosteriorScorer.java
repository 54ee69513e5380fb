package io.leeway.core.bandit.online;

import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/** A scorer that knows how uncertain its predictions are. Not thread-safe. */
public interface PosteriorScorer extends OnlineScorer {
    /**
     * Writes the posterior mean of each action's reward and its standard deviation, for noise as wide as the rewards' range.
     *
     * @param means at least as long as the situation has actions
     * @param deviations likewise; finite and not negative
     */
    void scoreAndDeviation(Situation situation, double[] means, double[] deviations);

    /** Prepares draws of the actions' predicted rewards from the posterior, jointly where actions share weights. */
    Sampler sampler(Situation situation);

    /** Draws for one situation; valid until the scorer is used for something else. Not thread-safe. */
    interface Sampler {
        /**
         * Writes one draw.
         *
         * @param scale of the deviations, not negative
         */
        void draw(double scale, RandomGenerator random, double[] draws);
    }
}
