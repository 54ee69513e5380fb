package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/**
 * RegCB with elimination: every action that is the best one under some regressor whose squared error exceeds the least by no more
 * than a radius is chosen alike. For ridge regression the largest and smallest prediction among those are mean +- sqrt(radius)
 * times deviation. Exact probabilities, above a floor. Not thread-safe.
 *
 * @see "Foster, Agarwal, Dudik, Luo and Schapire, Practical contextual bandits with regression oracles, ICML 2018"
 */
public final class EliminationPolicy implements OnlinePolicy {
    public static final double DEFAULT_RADIUS = 0.01;

    private final PosteriorScorer scorer;
    private final double reach;
    private final Floor floor;

    /** @param radius excess squared error, in squares of the rewards' unit, not negative */
    public EliminationPolicy(PosteriorScorer scorer, double radius, Floor floor) {
        if (!(radius >= 0 && Double.isFinite(radius))) {
            throw new IllegalArgumentException("must be >= 0: radius=" + radius);
        }
        this.scorer = scorer;
        this.reach = Math.sqrt(radius);
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] means = new double[situation.size()];
        double[] deviations = new double[situation.size()];
        scorer.scoreAndDeviation(situation, means, deviations);
        double highestLow = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < means.length; i++) {
            highestLow = Math.max(highestLow, means[i] - reach * deviations[i]);
        }
        int left = 0;
        for (int i = 0; i < means.length; i++) {
            left += means[i] + reach * deviations[i] >= highestLow ? 1 : 0;
        }
        double[] probabilities = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            probabilities[i] = means[i] + reach * deviations[i] >= highestLow ? 1.0 / left : 0;
        }
        return Distribution.of(floor.apply(probabilities));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
    }
}
