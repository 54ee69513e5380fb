package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.online.OnlinePolicies;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.features.Situation;
import java.util.Map;
import java.util.Random;

/** A world with known mean rewards. */
interface AutoWorld {
    Situation situation(int step, Random random);

    double mean(int step, Situation situation, int action);

    double reward(double mean, Random random);

    /**
     * Lets a policy live in the world.
     *
     * @return the mean regret from step {@code first} on, as a share of the regret of choosing evenly
     */
    static double regret(AutoWorld world, String policyName, int first, int steps, long seed) {
        OnlinePolicy policy = OnlinePolicies.of(policyName, Map.of());
        Random random = new Random(seed);
        Random draws = new Random(seed + 1);
        double regret = 0;
        double evenly = 0;
        for (int step = 0; step < steps; step++) {
            Situation situation = world.situation(step, random);
            Choice choice = policy.decide(situation, draws).choose(draws.nextDouble());
            double best = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int i = 0; i < situation.size(); i++) {
                double mean = world.mean(step, situation, i);
                best = Math.max(best, mean);
                sum += mean;
            }
            double chosen = world.mean(step, situation, choice.action());
            if (step >= first) {
                regret += best - chosen;
                evenly += best - sum / situation.size();
            }
            policy.learn(situation, choice, world.reward(chosen, random));
        }
        return regret / evenly;
    }
}
