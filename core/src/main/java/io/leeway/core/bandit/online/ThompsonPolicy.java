package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.random.RandomGenerator;

/**
 * Thompson sampling by counted votes: models are drawn from the posterior, each votes for its best action, and the shares of
 * the votes are the distribution that is sampled from and logged. Averaged over the draws this chooses each action exactly as
 * often as sampling a single model does, and the probability of the choice is known. Not thread-safe.
 *
 * @see "Agrawal and Goyal, Thompson sampling for contextual bandits with linear payoffs, ICML 2013"
 */
public final class ThompsonPolicy implements OnlinePolicy {
    public static final double DEFAULT_SCALE = 0.1;
    public static final int DEFAULT_VOTES = 64;

    private final PosteriorScorer scorer;
    private final double scale;
    private final int votes;
    private final Floor floor;

    /**
     * @param scale of the posterior's deviation, not negative
     * @param votes models drawn per decision, at least 1
     */
    public ThompsonPolicy(PosteriorScorer scorer, double scale, int votes, Floor floor) {
        if (!(scale >= 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("must be >= 0: scale=" + scale);
        }
        if (votes < 1) {
            throw new IllegalArgumentException("must be >= 1: votes=" + votes);
        }
        this.scorer = scorer;
        this.scale = scale;
        this.votes = votes;
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] draws = new double[situation.size()];
        double[] shares = new double[situation.size()];
        PosteriorScorer.Sampler sampler = scorer.sampler(situation);
        for (int vote = 0; vote < votes; vote++) {
            sampler.draw(scale, random, draws);
            Votes.add(draws, 1.0 / votes, shares);
        }
        return Distribution.of(floor.apply(shares));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        scorer.learn(situation, choice, reward);
    }
}
