package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.HashedRow;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Ridge regressions as draws from their posteriors, independent of each other as the actions' weights are: for each action the same
 * quantiles of a normal distribution, in an order of its own. Deterministic, and the mean of the draws is the mean. Thread-safe.
 */
final class RidgeDraws implements SampledScorer {
    /** Of the posterior's deviation, which is that of noise as wide as the rewards' range. */
    static final double SCALE = 0.1;

    private static final int DRAWS = 64;
    private static final int ORDERS = 256;
    private static final double[] QUANTILES = quantiles();
    private static final byte[][] ORDER = orders();

    private final RidgeScorer ridge;
    private final HashedEncoder encoder = new HashedEncoder();

    RidgeDraws(RidgeScorer ridge) {
        this.ridge = ridge;
    }

    private static double[] quantiles() {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] quantiles = new double[DRAWS];
        for (int i = 0; i < DRAWS / 2; i++) {
            quantiles[i] = normal.inverseCumulativeProbability((i + 0.5) / DRAWS);
            quantiles[DRAWS - 1 - i] = -quantiles[i];
        }
        return quantiles;
    }

    private static byte[][] orders() {
        SplittableRandom random = new SplittableRandom(1);
        byte[][] orders = new byte[ORDERS][DRAWS];
        for (byte[] order : orders) {
            for (int i = 0; i < DRAWS; i++) {
                int at = random.nextInt(i + 1);
                order[i] = order[at];
                order[at] = (byte) i;
            }
        }
        return orders;
    }

    @Override
    public double[][] samples(Map<String, ?> context, List<Action> actions) {
        HashedRow row = new HashedRow();
        row.set(encoder.encode(context));
        List<String> ids = new ArrayList<>(actions.size());
        actions.forEach(action -> ids.add(action.id()));
        double[] means = new double[ids.size()];
        double[] deviations = new double[ids.size()];
        ridge.scoreAndDeviation(row, ids, means, deviations);
        double[][] samples = new double[DRAWS][ids.size()];
        for (int a = 0; a < means.length; a++) {
            byte[] order = ORDER[Math.floorMod(Situation.hashOf(ids.get(a)), ORDERS)];
            for (int draw = 0; draw < DRAWS; draw++) {
                samples[draw][a] = means[a] + SCALE * deviations[a] * QUANTILES[order[draw]];
            }
        }
        return samples;
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        return ridge.score(context, actions);
    }

    @Override
    public double predict(Map<String, ?> context) {
        return ridge.predict(context);
    }
}
