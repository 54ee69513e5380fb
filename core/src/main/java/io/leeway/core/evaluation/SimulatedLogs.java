package io.leeway.core.evaluation;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A world whose truth is known, for counting how often intervals hold: contexts of equal frequency, rewards of known means, one
 * policy that logs and one to evaluate. Immutable; the arrays are not to be changed.
 */
public final class SimulatedLogs {
    /** How a reward of a mean is drawn. */
    public enum Rewards {
        /** 1 with the mean as probability, otherwise 0. */
        BERNOULLI,
        /** Anywhere in [0, 1]: the mean plus triangular noise as wide as the nearer end allows. */
        CONTINUOUS
    }

    /** How far off the reward model is, upwards, within [0, 1]. */
    private static final double MODEL_ERROR = 0.1;

    private final String name;
    private final double[][] mean;
    private final double[][] logging;
    private final double[][] target;
    private final Rewards rewards;

    /** Arrays by context, then action. */
    SimulatedLogs(String name, double[][] mean, double[][] logging, double[][] target, Rewards rewards) {
        this.name = name;
        this.mean = mean;
        this.logging = logging;
        this.target = target;
        this.rewards = rewards;
    }

    public String name() {
        return name;
    }

    /** Mean reward of the policy to evaluate. */
    public double truth() {
        return value(target);
    }

    /** Mean reward of the logging policy. */
    public double loggedTruth() {
        return value(logging);
    }

    /** What no importance weight exceeds. */
    public double maximumWeight() {
        double largest = 1;
        for (int c = 0; c < mean.length; c++) {
            for (int a = 0; a < mean[c].length; a++) {
                largest = Math.max(largest, target[c][a] / logging[c][a]);
            }
        }
        return largest;
    }

    /** Logged rows with the reward model. */
    public LoggedRows draw(int rows, RandomGenerator random) {
        double[] reward = new double[rows];
        double[] pscore = new double[rows];
        double[] piE = new double[rows];
        double[] qA = new double[rows];
        double[] qPi = new double[rows];
        for (int i = 0; i < rows; i++) {
            int c = random.nextInt(mean.length);
            int a = action(logging[c], random.nextDouble());
            reward[i] = reward(mean[c][a], random);
            pscore[i] = logging[c][a];
            piE[i] = target[c][a];
            qA[i] = model(mean[c][a]);
            for (int b = 0; b < mean[c].length; b++) {
                qPi[i] += target[c][b] * model(mean[c][b]);
            }
        }
        return LoggedRows.of(reward, pscore, piE, qA, qPi);
    }

    /** The worlds that the coverage of intervals is counted in. */
    public static List<SimulatedLogs> all() {
        double[] few = {0.1, 0.2, 0.7};
        return List.of(
                one("uniform logging", new double[] {.2, .3, .4, .5, .6}, uniform(5), new double[] {.05, .05, .1, .2, .6
                }),
                one("skewed logging", new double[] {.2, .5, .7}, new double[] {.85, .1, .05}, few),
                one("heavy weights", new double[] {.4, .5, .6}, new double[] {.95, .04, .01}, new double[] {.1, .4, .5
                }),
                one("many actions", ramp(20, .1, .9), skewed(20, .81), uniform(20)),
                one("rare rewards", new double[] {.005, .01, .02}, new double[] {.6, .3, .1}, few),
                one("rare and heavy", new double[] {.005, .01, .02}, new double[] {.9, .07, .03}, few),
                one("nearly always 1", new double[] {.99, .995, .98}, new double[] {.6, .3, .1}, few),
                one("always 1", new double[] {1, 1, 1}, new double[] {.6, .3, .1}, few),
                one("always 0", new double[] {0, 0, 0}, new double[] {.6, .3, .1}, few),
                new SimulatedLogs(
                        "two contexts",
                        new double[][] {{.1, .6, .3}, {.8, .2, .4}},
                        new double[][] {{.7, .2, .1}, {.1, .1, .8}},
                        new double[][] {{.1, .8, .1}, {.7, .1, .2}},
                        Rewards.BERNOULLI),
                new SimulatedLogs(
                        "continuous rewards",
                        new double[][] {{.2, .5, .7}},
                        new double[][] {{.7, .2, .1}},
                        new double[][] {few},
                        Rewards.CONTINUOUS),
                one("on policy", new double[] {.2, .5, .7}, few, few));
    }

    private static SimulatedLogs one(String name, double[] mean, double[] logging, double[] target) {
        return new SimulatedLogs(
                name, new double[][] {mean}, new double[][] {logging}, new double[][] {target}, Rewards.BERNOULLI);
    }

    private double value(double[][] policy) {
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
            for (int a = 0; a < mean[c].length; a++) {
                sum += policy[c][a] * mean[c][a];
            }
        }
        return sum / mean.length;
    }

    private double reward(double mean, RandomGenerator random) {
        if (rewards == Rewards.BERNOULLI) {
            return random.nextDouble() < mean ? 1 : 0;
        }
        double reach = Math.min(mean, 1 - mean);
        return Math.max(0, Math.min(1, mean + reach * (random.nextDouble() + random.nextDouble() - 1)));
    }

    private static double model(double mean) {
        return Math.min(1, mean + MODEL_ERROR);
    }

    private static int action(double[] probabilities, double uniform) {
        double sum = 0;
        for (int a = 0; a < probabilities.length - 1; a++) {
            sum += probabilities[a];
            if (uniform < sum) {
                return a;
            }
        }
        return probabilities.length - 1;
    }

    private static double[] uniform(int actions) {
        double[] probabilities = new double[actions];
        java.util.Arrays.fill(probabilities, 1.0 / actions);
        return probabilities;
    }

    private static double[] skewed(int actions, double first) {
        double[] probabilities = new double[actions];
        java.util.Arrays.fill(probabilities, (1 - first) / (actions - 1));
        probabilities[0] = first;
        return probabilities;
    }

    private static double[] ramp(int actions, double from, double to) {
        double[] values = new double[actions];
        for (int i = 0; i < actions; i++) {
            values[i] = from + (to - from) * i / (actions - 1);
        }
        return values;
    }
}
