package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Scorers that each learn from a bootstrap sample of the feedbacks, every one as often as a Poisson variable of mean 1 says; each
 * votes for its best action, and the shares of the votes, ties split, are the distribution: exact, as nothing is drawn in a decision. Not
 * thread-safe.
 *
 * @see "Oza and Russell, Online bagging and boosting, AISTATS 2001"
 * @see "Eckles and Kaptein, Thompson sampling with the online bootstrap, arXiv:1410.4009, 2014"
 */
public final class BaggingPolicy implements OnlinePolicy {
    public static final int DEFAULT_SCORERS = 8;

    private final List<OnlineScorer> scorers;
    private final Floor floor;
    private final SplittableRandom random;

    /**
     * @param scorers at least one, each its own object
     * @param seed of the bootstrap
     */
    public BaggingPolicy(List<? extends OnlineScorer> scorers, long seed, Floor floor) {
        if (scorers.isEmpty()) {
            throw new IllegalArgumentException("must be >= 1: scorers=0");
        }
        this.scorers = List.copyOf(scorers);
        this.floor = floor;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator unused) {
        double[] scores = new double[situation.size()];
        double[] shares = new double[situation.size()];
        for (OnlineScorer scorer : scorers) {
            scorer.score(situation, scores);
            Votes.add(scores, 1.0 / scorers.size(), shares);
        }
        return Distribution.of(floor.apply(shares));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        if (!Double.isFinite(reward)) { // else it depends on the draws whether it is refused
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
        for (OnlineScorer scorer : scorers) {
            for (int times = poisson(); times > 0; times--) {
                scorer.learn(situation, choice, reward);
            }
        }
    }

    /** A Poisson variable of mean 1, by inversion. */
    private int poisson() {
        double uniform = random.nextDouble();
        double term = Math.exp(-1);
        double sum = term;
        int count = 0;
        while (uniform >= sum && count < 20) {
            term /= ++count;
            sum += term;
        }
        return count;
    }
}
