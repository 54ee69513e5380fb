package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One Bayesian ridge regression per action id on the context's features. An action never seen predicts 0 with the prior's
 * deviation. Not thread-safe.
 */
public final class DisjointRidge implements PosteriorScorer {
    public static final double DEFAULT_LAMBDA = 1;
    static final int MAXIMUM_COLUMNS = 512;

    private final double lambda;
    private final DenseRows rows;
    private final Map<String, RidgePosterior> arms = new HashMap<>();

    /**
     * @param lambda penalty, greater than 0
     * @param standardise numbers by what was learned from so far
     */
    public DisjointRidge(double lambda, boolean standardise) {
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("must be > 0: lambda=" + lambda);
        }
        this.lambda = lambda;
        this.rows = new DenseRows(standardise, MAXIMUM_COLUMNS);
    }

    @Override
    public void score(Situation situation, double[] scores) {
        double[] row = rows.row(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            RidgePosterior arm = arms.get(situation.actionId(i));
            scores[i] = arm == null ? 0 : arm.mean(row);
        }
    }

    @Override
    public void scoreAndDeviation(Situation situation, double[] means, double[] deviations) {
        double[] row = rows.row(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            RidgePosterior arm = arms.get(situation.actionId(i));
            means[i] = arm == null ? 0 : arm.mean(row);
            deviations[i] = Math.sqrt(arm == null ? prior(row) : arm.variance(row, rows.width()));
        }
    }

    @Override
    public void sample(Situation situation, double scale, RandomGenerator random, double[] draws) {
        double[] row = rows.row(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            RidgePosterior arm = arms.get(situation.actionId(i));
            draws[i] = arm == null
                    ? scale * Math.sqrt(prior(row)) * random.nextGaussian()
                    : arm.sample(row, rows.width(), scale, random);
        }
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
        rows.observe(situation.context());
        double[] row = rows.row(situation.context());
        arms.computeIfAbsent(situation.actionId(choice.action()), id -> new RidgePosterior(lambda))
                .learn(row, rows.width(), reward);
    }

    private double prior(double[] row) {
        double sum = 0;
        for (int i = 0; i < rows.width(); i++) {
            sum += row[i] * row[i];
        }
        return sum / lambda;
    }
}
