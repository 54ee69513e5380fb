package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.features.Situation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of policies: decides with their weighted distributions, and every one learns from each feedback, with the
 * probability of the mixture. Not thread-safe.
 */
public final class MixedPolicy implements OnlinePolicy {
    private final List<OnlinePolicy> policies;
    private final Distribution weights;

    public MixedPolicy(List<? extends OnlinePolicy> policies, Distribution weights) {
        if (policies.size() != weights.size()) {
            throw new IllegalArgumentException(
                    "must be of one length: policies=" + policies.size() + " weights=" + weights.size());
        }
        this.policies = List.copyOf(policies);
        this.weights = weights;
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] probabilities = new double[situation.size()];
        for (int i = 0; i < policies.size(); i++) {
            Distribution one = policies.get(i).decide(situation, random);
            for (int action = 0; action < probabilities.length; action++) {
                probabilities[action] += weights.probability(i) * one.probability(action);
            }
        }
        return Distribution.of(probabilities);
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        for (OnlinePolicy policy : policies) {
            policy.learn(situation, choice, reward);
        }
    }
}
