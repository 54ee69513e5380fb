package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.bandit.online.LinearOptions.Reduction;
import io.leeway.core.features.Situation;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Online cover: a set of scorers that each learn from doubly robust rewards with a bonus for actions that the scorers before it
 * seldom choose; their votes, ties split, above a floor that falls as 1 / sqrt(K n) per action, are the distribution. Not
 * thread-safe.
 *
 * @see "Agarwal, Hsu, Kale, Langford, Li and Schapire, Taming the monster: A fast and simple algorithm for contextual bandits,
 *     ICML 2014, section 5"
 */
public final class CoverPolicy implements OnlinePolicy {
    public static final int DEFAULT_SCORERS = 4;
    public static final double DEFAULT_BONUS = 0.1;

    private final HashedLinear rewards;
    private final List<HashedLinear> cover;
    private final double bonus;
    private final RewardScale scale = new RewardScale();
    private long feedbacks = 1;

    /**
     * @param scorers at least 1
     * @param bonus in units of the rewards, not negative
     */
    public CoverPolicy(LinearOptions options, int scorers, double bonus) {
        if (scorers < 1) {
            throw new IllegalArgumentException("must be >= 1: scorers=" + scorers);
        }
        if (!(bonus >= 0 && Double.isFinite(bonus))) {
            throw new IllegalArgumentException("must be >= 0: bonus=" + bonus);
        }
        this.rewards = new HashedLinear(options.withReduction(Reduction.DIRECT));
        this.cover = IntStream.range(0, scorers)
                .mapToObj(i -> new HashedLinear(options))
                .toList();
        this.bonus = bonus;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] shares = new double[situation.size()];
        double[] scores = new double[situation.size()];
        for (HashedLinear scorer : cover) {
            scorer.score(situation, scores);
            Votes.add(scores, 1.0 / cover.size(), shares);
        }
        return Distribution.of(new Floor(least(situation.size()) * situation.size()).apply(shares));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = scale.observe(reward);
        int count = situation.size();
        double[] robust = new double[count];
        rewards.score(situation, robust);
        double weight = Math.min(HashedLinear.LARGEST_WEIGHT, 1 / choice.probability());
        robust[choice.action()] += weight * (bounded - robust[choice.action()]);
        rewards.learn(situation, choice, reward);
        double least = least(count);
        double[] shares = new double[count];
        double[] targets = new double[count];
        for (HashedLinear scorer : cover) {
            for (int i = 0; i < count; i++) {
                targets[i] = robust[i] + bonus * scale.unit() * least / (least + (1 - count * least) * shares[i]);
            }
            scorer.regressAll(situation, targets, choice.action(), reward);
            scorer.score(situation, targets);
            Votes.add(targets, 1.0 / cover.size(), shares);
        }
        feedbacks++;
    }

    /** The least probability of an action. */
    private double least(int actions) {
        return Math.min(1.0 / actions, 1 / Math.sqrt((double) actions * feedbacks)) / 2;
    }
}
