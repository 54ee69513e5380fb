package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.EpsilonGreedy;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/**
 * The action of the highest mean + alpha times deviation, ties split, above a floor. Not thread-safe.
 *
 * @see "Li, Chu, Langford and Schapire, A contextual-bandit approach to personalized news article recommendation, WWW 2010"
 */
public final class OptimisticPolicy implements OnlinePolicy {
    public static final double DEFAULT_ALPHA = 0.1;

    private final PosteriorScorer scorer;
    private final double alpha;
    private final Floor floor;
    private final EpsilonGreedy greedy = new EpsilonGreedy(0);

    /** @param alpha not negative */
    public OptimisticPolicy(PosteriorScorer scorer, double alpha, Floor floor) {
        if (!(alpha >= 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("must be >= 0: alpha=" + alpha);
        }
        this.scorer = scorer;
        this.alpha = alpha;
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] means = new double[situation.size()];
        double[] deviations = new double[situation.size()];
        scorer.scoreAndDeviation(situation, means, deviations);
        for (int i = 0; i < means.length; i++) {
            means[i] += alpha * deviations[i];
        }
        return Distribution.of(floor.apply(greedy.probabilities(means)));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
    }
}
