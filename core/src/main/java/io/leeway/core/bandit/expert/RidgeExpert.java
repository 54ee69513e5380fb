package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;
import io.leeway.core.model.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One Bayesian ridge regression per arm, on a constant, the columns and, where asked for, {@link Landmarks}. Deterministic
 * given the seed, not thread-safe. O(features^2) per feedback and per deviation asked for.
 *
 * <p>Each arm is fitted only to what was seen when it was chosen: a fit that is best where the arm competes, which for
 * linear features beats teaching every success to all arms.
 */
public final class RidgeExpert implements Expert {
    private static final double PENALTY = 0.3;
    /** Cells of all posteriors together, 8 MiB: with many arms each gets fewer features. */
    private static final int MAXIMUM_CELLS = 2 << 20;

    private static final int ROWS_PER_LANDMARK = 3;
    /** The squared length of standardised columns is bounded by this: the prior does not grow with their number. */
    private static final double COLUMNS_SQUARED = 16;

    /** Deviations above their usual share of the prior's by this factor are rare. */
    private static final double MARGIN = 2.5;

    private final int maximumFeatures;
    private final SplittableRandom random;
    private Landmarks landmarks;
    private int width;
    private int count;
    private boolean described;
    private double[] latest = {};
    private float[] row = {};
    private float[] features = {};
    private RidgeArm[] arms = {};

    /** @param maximumFeatures at least 1; the constant and the columns are always there, landmarks fill what is left */
    public RidgeExpert(int maximumFeatures, long seed) {
        if (maximumFeatures < 1) {
            throw new IllegalArgumentException("must be >= 1: maximumFeatures=" + maximumFeatures);
        }
        this.maximumFeatures = maximumFeatures;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void predict(double[] columns, double[] rewards) {
        grow(rewards.length);
        describe(columns);
        for (int a = 0; a < rewards.length; a++) {
            rewards[a] = arms[a] == null ? 0 : arms[a].mean(features);
        }
    }

    /** The posterior deviation of an arm's mean in units of the noise. */
    public double deviation(double[] columns, int arm) {
        grow(arm + 1);
        describe(columns);
        return Math.sqrt(arms[arm] == null ? priorVariance() : arms[arm].variance(features));
    }

    /** The deviation of an arm that was never chosen: no arm's is larger. */
    public double priorDeviation(double[] columns) {
        describe(columns);
        return Math.sqrt(priorVariance());
    }

    /** What {@link #deviation} hardly ever exceeds, by what it was before, without its cost. */
    public double largestDeviation(double[] columns, int arm) {
        grow(arm + 1);
        double prior = priorDeviation(columns);
        return arms[arm] == null ? prior : prior * Math.min(1, MARGIN * arms[arm].usualShare());
    }

    private double priorVariance() {
        return Floats.dot(features, features, count) / PENALTY;
    }

    @Override
    public void learn(double[] columns, int arm, double reward, double probability) {
        grow(arm + 1);
        describe(columns);
        if (arms[arm] == null) {
            arms[arm] = new RidgeArm(count, PENALTY);
        }
        arms[arm].learn(features, (float) reward, priorVariance());
    }

    @Override
    public void refit(Replay replay) {
        grow(replay.arms());
        int room = (int) Math.sqrt((double) MAXIMUM_CELLS / replay.arms());
        int wanted = Math.min(Math.min(room, maximumFeatures) - 1 - replay.width(), replay.size() / ROWS_PER_LANDMARK);
        landmarks = wanted < 1 ? null : Landmarks.draw(replay, wanted, random);
        described = false;
        int[] rows = new int[arms.length];
        for (int i = 0; i < replay.size(); i++) {
            rows[replay.arm(i)]++;
        }
        float[][] rowFeatures = new float[replay.size()][];
        double[] columns = new double[replay.width()];
        for (int i = 0; i < replay.size(); i++) {
            replay.columns(i, columns);
            describe(columns);
            rowFeatures[i] = features.clone();
        }
        double[] gram = new double[count * count];
        double[] moments = new double[count];
        for (int a = 0; a < arms.length; a++) {
            arms[a] = rows[a] == 0 ? null : fit(replay, rowFeatures, a, gram, moments);
        }
    }

    private RidgeArm fit(Replay replay, float[][] rows, int arm, double[] gram, double[] moments) {
        Arrays.fill(gram, 0);
        Arrays.fill(moments, 0);
        int[] own = IntStream.range(0, rows.length)
                .filter(r -> replay.arm(r) == arm)
                .toArray();
        int next = 0;
        for (; next + 3 < own.length; next += 4) {
            addProducts(rows[own[next]], rows[own[next + 1]], rows[own[next + 2]], rows[own[next + 3]], gram);
        }
        for (; next < own.length; next++) {
            addProducts(rows[own[next]], gram);
        }
        for (int r : own) {
            double reward = replay.reward(r);
            for (int i = 0; i < count; i++) {
                moments[i] += reward * rows[r][i];
            }
        }
        for (int i = 0; i < count; i++) {
            gram[i * count + i] += PENALTY;
        }
        return RidgeArm.of(gram, moments, count, arms[arm] == null ? 1 : arms[arm].usualShare());
    }

    private void addProducts(float[] x, double[] gram) {
        for (int i = 0; i < count; i++) {
            double value = x[i];
            int line = i * count;
            for (int j = 0; j <= i; j++) {
                gram[line + j] += value * x[j];
            }
        }
    }

    /** Four rows at once, to the same sums: the matrix does not fit into the nearest cache. */
    private void addProducts(float[] a, float[] b, float[] c, float[] d, double[] gram) {
        for (int i = 0; i < count; i++) {
            double atA = a[i];
            double atB = b[i];
            double atC = c[i];
            double atD = d[i];
            int line = i * count;
            for (int j = 0; j <= i; j++) {
                gram[line + j] = gram[line + j] + atA * a[j] + atB * b[j] + atC * c[j] + atD * d[j];
            }
        }
    }

    private void describe(double[] columns) {
        if (described && Arrays.equals(columns, latest)) {
            return;
        }
        described = true;
        latest = columns.length == width ? latest : new double[columns.length];
        System.arraycopy(columns, 0, latest, 0, columns.length);
        width = columns.length;
        count = 1 + width + (landmarks == null ? 0 : landmarks.count());
        if (features.length != count) {
            features = new float[count];
        }
        if (row.length != width) {
            row = new float[width];
        }
        features[0] = 1;
        Memory.toFloats(columns, row);
        float scale = (float) Math.min(1, Math.sqrt(COLUMNS_SQUARED / Math.max(1, width)));
        for (int i = 0; i < width; i++) {
            features[1 + i] = scale * row[i];
        }
        if (landmarks != null) {
            landmarks.features(row, width, features, 1 + width);
        }
    }

    private void grow(int count) {
        if (count > arms.length) {
            arms = Arrays.copyOf(arms, count);
        }
    }

    @Override
    public PartExport export(int served) {
        grow(served);
        int landmarkCount = landmarks == null ? 0 : landmarks.count();
        float[] weights = new float[served * count];
        for (int a = 0; a < served; a++) {
            if (arms[a] != null) {
                arms[a].writeWeights(weights, a * count);
            }
        }
        float[] rows = new float[landmarkCount * width];
        float[] turn = new float[landmarkCount * landmarkCount];
        if (landmarks != null) {
            landmarks.write(rows, turn);
        }
        return new PartExport(
                "kernel",
                Map.of("landmarks", (long) landmarkCount, "rate", landmarks == null ? 0.0 : landmarks.rate()),
                List.of(
                        Tensor.of("landmarks", rows, landmarkCount, width),
                        Tensor.of("turn", turn, landmarkCount, landmarkCount),
                        Tensor.of("weight", weights, served, count)));
    }

    /** A refit brings everything back but how sure the arms usually were. */
    @Override
    public void exchange(Memento state) {
        state.mark("ridge-expert");
    }
}
