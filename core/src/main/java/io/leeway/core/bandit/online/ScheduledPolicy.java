package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.EpsilonGreedy;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/** Epsilon-greedy with an epsilon that falls as feedback comes, above a floor. Not thread-safe. */
public final class ScheduledPolicy implements OnlinePolicy {
    private final OnlineScorer scorer;
    private final EpsilonSchedule schedule;
    private final Floor floor;
    private long feedbacks;

    public ScheduledPolicy(OnlineScorer scorer, EpsilonSchedule schedule, Floor floor) {
        this.scorer = scorer;
        this.schedule = schedule;
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] scores = new double[situation.size()];
        scorer.score(situation, scores);
        return Distribution.of(floor.apply(new EpsilonGreedy(schedule.at(feedbacks)).probabilities(scores)));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
        feedbacks++;
    }
}
