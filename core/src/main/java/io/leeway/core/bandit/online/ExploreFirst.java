package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.bandit.Greedy;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/** Every action alike for the first feedbacks, then the best one, ties split, above a floor. Not thread-safe. */
public final class ExploreFirst implements OnlinePolicy {
    public static final int DEFAULT_FEEDBACKS = 500;

    private final OnlineScorer scorer;
    private final long exploring;
    private final Floor floor;
    private final Greedy greedy = new Greedy();
    private long feedbacks;

    /** @param exploring feedbacks to learn from before exploiting, not negative */
    public ExploreFirst(OnlineScorer scorer, long exploring, Floor floor) {
        if (exploring < 0) {
            throw new IllegalArgumentException("must be >= 0: feedbacks=" + exploring);
        }
        this.scorer = scorer;
        this.exploring = exploring;
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        if (feedbacks < exploring) {
            return Distribution.uniform(situation.size());
        }
        double[] scores = new double[situation.size()];
        scorer.score(situation, scores);
        return Distribution.of(floor.apply(greedy.probabilities(scores)));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
        feedbacks++;
    }
}
