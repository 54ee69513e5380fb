package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import io.leeway.core.model.Export;
import io.leeway.core.model.HashedLayout.HashedLinearLayout;
import io.leeway.core.model.HashedLayout.Scale;
import io.leeway.core.model.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Weights of a linear predictor of hashed features, learned by gradient steps on the squared error that adapt to each feature's
 * past gradients, are free of the features' scales, and are invariant to importance: a row of weight 2 moves the prediction as
 * two rows of weight 1 do, and never past the target. Memory is fixed. Not thread-safe.
 *
 * <p>Unlike in the papers, a value larger than any that its weight has learned from counts as the largest one in predictions too:
 * a rare feature's first large value cannot throw a prediction out of all bounds.
 *
 * @see "Duchi, Hazan and Singer, Adaptive subgradient methods for online learning, JMLR 12, 2011, 2121-2159"
 * @see "Ross, Mineiro and Langford, Normalized online learning, UAI 2013"
 * @see "Karampatziakis and Langford, Online importance weight aware updates, UAI 2011"
 */
final class LinearTable {
    private static final int SUM = 1;
    private static final int SCALE = 2;
    private static final int STRIDE = 4;

    /** Scales stay where neither they nor their squares leave the range of a float. */
    private static final double SMALLEST = 1e-18;

    private static final double LARGEST = 1e18;

    /** Steeper gradients, such as after the unit has fallen, would freeze a weight for good. */
    private static final double STEEPEST = 32;

    /** Weights that predict this many units were learned when the unit was another one. */
    private static final double RUNAWAY = 1e3;

    /** Per slot: weight, sum of squared gradients, largest absolute value, unused: a slot lies in one cache line. */
    private final float[] slots;

    private final int shift;
    private final double rate;
    private double examples;
    private double norms;

    /**
     * @param bits of the number of weights, 1 to 26
     * @param rate greater than 0
     */
    LinearTable(int bits, double rate) {
        if (!(bits >= 1 && bits <= 26)) {
            throw new IllegalArgumentException("must be in [1, 26]: bits=" + bits);
        }
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("must be > 0: learningRate=" + rate);
        }
        this.slots = new float[STRIDE << bits];
        this.shift = Integer.SIZE - bits;
        this.rate = rate;
    }

    /** The prediction for a row whose names are changed by a seed. */
    double predict(FeatureRow row, int seed) {
        int size = row.size();
        int[] indices = row.indices();
        double[] values = row.values();
        float[] table = slots;
        int places = shift;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int slot = ((indices[i] ^ seed) * 0x9e3779b9 >>> places) * STRIDE;
            double value = values[i];
            double scale = table[slot + SCALE];
            if (value > scale) {
                value = scale;
            } else if (value < -scale) {
                value = -scale;
            }
            sum += table[slot] * value;
        }
        return sum;
    }

    /**
     * Moves the prediction towards the target.
     *
     * @param lower the error is that of the prediction cut off to [lower, upper]
     * @param weight importance, not negative
     * @param unit of the targets, greater than 0: steps are proportional to it
     */
    void learn(FeatureRow row, int seed, double target, double lower, double upper, double weight, double unit) {
        rescale(row, seed);
        if (Math.abs(predict(row, seed)) > Math.abs(target) + RUNAWAY * unit) {
            forget(row, seed);
        }
        double error = target - Math.max(lower, Math.min(upper, predict(row, seed)));
        double gradient = Math.max(-STEEPEST, Math.min(STEEPEST, 2 * error / unit));
        double power = accumulate(row, seed, weight * gradient * gradient, weight);
        if (power > 0) {
            double step = rate * Math.sqrt(examples / norms);
            move(row, seed, error * -Math.expm1(-2 * step * weight * power) / power);
        }
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(slots, 0);
        examples = 0;
        norms = 0;
    }

    private void forget(FeatureRow row, int seed) {
        for (int i = 0; i < row.size(); i++) {
            int slot = slot(row.index(i) ^ seed);
            slots[slot] = 0;
            slots[slot + SUM] = 0;
        }
    }

    private int slot(int index) {
        return (index * 0x9e3779b9 >>> shift) * STRIDE;
    }

    /** Takes in larger values: what a feature contributes to predictions, and its steps, stay in proportion to its scale. */
    private void rescale(FeatureRow row, int seed) {
        for (int i = 0; i < row.size(); i++) {
            double magnitude = Math.min(LARGEST, Math.abs(row.value(i)));
            int slot = slot(row.index(i) ^ seed);
            if (magnitude > slots[slot + SCALE] && magnitude > SMALLEST) {
                double ratio = slots[slot + SCALE] / magnitude;
                slots[slot] *= (float) ratio;
                slots[slot + SUM] *= (float) (ratio * ratio);
                slots[slot + SCALE] = (float) magnitude;
            }
        }
    }

    /** Adds to the sums of squared gradients; returns by how much a step of 1 moves the prediction. */
    private double accumulate(FeatureRow row, int seed, double squared, double weight) {
        double power = 0;
        double norm = 0;
        for (int i = 0; i < row.size(); i++) {
            int slot = slot(row.index(i) ^ seed);
            double scaled = scaled(row.value(i), slot);
            double square = scaled * scaled;
            norm += square;
            slots[slot + SUM] += (float) (squared * square);
            if (square > 0 && slots[slot + SUM] > 0) {
                power += square / Math.sqrt(slots[slot + SUM]);
            }
        }
        examples += weight;
        norms += weight * norm;
        return power;
    }

    private void move(FeatureRow row, int seed, double move) {
        for (int i = 0; i < row.size(); i++) {
            int slot = slot(row.index(i) ^ seed);
            double scaled = scaled(row.value(i), slot);
            if (scaled != 0 && slots[slot + SUM] > 0) {
                slots[slot] += (float) (move * scaled / (slots[slot + SCALE] * Math.sqrt(slots[slot + SUM])));
            }
        }
    }

    /** In [-1, 1]. */
    private double scaled(double value, int slot) {
        double scale = slots[slot + SCALE];
        return scale > 0 ? Math.max(-1, Math.min(1, value / scale)) : 0;
    }

    void exchange(Memento state) {
        state.sparse(slots);
        examples = state.number(examples);
        norms = state.number(norms);
    }

    /** To be served, with predictions cut off to [least, most]. */
    Export export(boolean standardise, List<Scale> contexts, List<Scale> actions, double least, double most) {
        int entries = 0;
        for (int slot = 0; slot < slots.length; slot += STRIDE) {
            entries += slots[slot] == 0 ? 0 : 1;
        }
        float[] places = new float[entries];
        float[] weights = new float[entries];
        float[] scales = new float[entries];
        int next = 0;
        for (int slot = 0; slot < slots.length; slot += STRIDE) {
            if (slots[slot] != 0) {
                places[next] = (float) (slot / STRIDE);
                weights[next] = slots[slot];
                scales[next++] = slots[slot + SCALE];
            }
        }
        return new Export(
                new HashedLinearLayout(Integer.SIZE - shift, entries, standardise, contexts, actions, least, most),
                List.of(
                        Tensor.of("slot", places, entries),
                        Tensor.of("weight", weights, entries),
                        Tensor.of("scale", scales, entries)));
    }
}
