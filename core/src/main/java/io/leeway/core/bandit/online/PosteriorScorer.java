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

    /**
     * Prepares draws of the actions' predicted rewards from the posterior: independent of each other here, as of actions with
     * weights of their own; a scorer whose actions share weights draws them jointly.
     */
    default Sampler sampler(Situation situation) {
        double[] means = new double[situation.size()];
        double[] deviations = new double[situation.size()];
        scoreAndDeviation(situation, means, deviations);
        return (scale, random, draws) -> {
            for (int i = 0; i < means.length; i++) {
                draws[i] = means[i] + scale * deviations[i] * random.nextGaussian();
            }
        };
    }

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
