package io.leeway.core.evaluation;

import java.util.Random;

/** A world of three actions whose truth is known: Bernoulli rewards, logged by one policy, to be evaluated for another. */
final class World {
    static final double[] MEAN_REWARD = {0.2, 0.5, 0.7};
    static final double[] LOGGING = {0.6, 0.3, 0.1};
    static final double[] TARGET = {0.1, 0.2, 0.7};
    static final double TRUTH = value(TARGET);

    private World() {}

    static double value(double[] policy) {
        return policy[0] * MEAN_REWARD[0] + policy[1] * MEAN_REWARD[1] + policy[2] * MEAN_REWARD[2];
    }

    static LoggedRows log(Random random, int rows) {
        return log(random, rows, TARGET)[0];
    }

    /** The same logged decisions, once per policy; the reward model is off by 0.1 everywhere. */
    static LoggedRows[] log(Random random, int rows, double[]... policies) {
        double[] reward = new double[rows];
        int[] action = new int[rows];
        double[] pscore = new double[rows];
        for (int i = 0; i < rows; i++) {
            double uniform = random.nextDouble();
            action[i] = uniform < LOGGING[0] ? 0 : uniform < LOGGING[0] + LOGGING[1] ? 1 : 2;
            pscore[i] = LOGGING[action[i]];
            reward[i] = random.nextDouble() < MEAN_REWARD[action[i]] ? 1 : 0;
        }
        LoggedRows[] result = new LoggedRows[policies.length];
        for (int p = 0; p < policies.length; p++) {
            double[] piE = new double[rows];
            double[] qA = new double[rows];
            double[] qPi = new double[rows];
            for (int i = 0; i < rows; i++) {
                piE[i] = policies[p][action[i]];
                qA[i] = MEAN_REWARD[action[i]] + 0.1;
                qPi[i] = value(policies[p]) + 0.1;
            }
            result[p] = LoggedRows.of(reward, pscore, piE, qA, qPi);
        }
        return result;
    }
}
