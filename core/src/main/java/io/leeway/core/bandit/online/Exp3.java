package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.features.Situation;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Exponential weights for exploration and exploitation: makes no assumption on how rewards come about, not even that they have
 * something to do with the context, which it does not look at. Probabilities are proportional to exp(rate x sum of reward /
 * probability), with a rate that falls as sqrt(log K / (K n)), above a floor. Not thread-safe.
 *
 * @see "Auer, Cesa-Bianchi, Freund and Schapire, The nonstochastic multiarmed bandit problem, SIAM J. Computing 32, 2002, 48-77"
 */
public final class Exp3 implements OnlinePolicy {
    public static final double DEFAULT_FLOOR = 0.05;

    /** One unlikely choice does not outweigh this many others. */
    private static final double LARGEST_WEIGHT = 1000;

    private final Floor floor;
    private final RewardScale rewards = new RewardScale();
    private final Map<String, Double> gains = new HashMap<>();
    private long feedbacks = 1;

    public Exp3(Floor floor) {
        this.floor = floor;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        int count = situation.size();
        double[] gain = new double[count];
        double sum = 0;
        int known = 0;
        for (int i = 0; i < count; i++) {
            gain[i] = gains.getOrDefault(situation.actionId(i), Double.NaN);
            if (!Double.isNaN(gain[i])) {
                sum += gain[i];
                known++;
            }
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            // A new action starts at the mean of the others.
            gain[i] = Double.isNaN(gain[i]) ? known == 0 ? 0 : sum / known : gain[i];
            best = Math.max(best, gain[i]);
        }
        double rate = Math.sqrt(Math.log(Math.max(2, count)) / ((double) count * feedbacks));
        double total = 0;
        for (int i = 0; i < count; i++) {
            gain[i] = Math.exp(rate * (gain[i] - best));
            total += gain[i];
        }
        for (int i = 0; i < count; i++) {
            gain[i] /= total;
        }
        return Distribution.of(floor.apply(gain));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = rewards.observe(reward);
        double width = rewards.upper() - rewards.lower();
        double share = width > 0 ? (bounded - rewards.lower()) / width : 0.5;
        double weight = Math.min(LARGEST_WEIGHT, 1 / choice.probability());
        gains.merge(situation.actionId(choice.action()), share * weight, Double::sum);
        feedbacks++;
    }
}
