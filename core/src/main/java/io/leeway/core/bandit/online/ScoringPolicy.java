package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/** An online scorer with an exploration rule over its scores, and a floor. Not thread-safe. */
public final class ScoringPolicy implements OnlinePolicy {
    private final OnlineScorer scorer;
    private final Exploration exploration;
    private final Floor floor;

    public ScoringPolicy(OnlineScorer scorer, Exploration exploration, Floor floor) {
        this.scorer = scorer;
        this.exploration = exploration;
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] scores = new double[situation.size()];
        scorer.score(situation, scores);
        return Distribution.of(floor.apply(exploration.probabilities(scores)));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
    }
}
