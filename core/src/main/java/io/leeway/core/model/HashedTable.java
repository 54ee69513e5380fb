package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import io.leeway.core.features.Situation;
import io.leeway.core.model.HashedLayout.HashedLinearLayout;
import io.leeway.core.model.HashedLayout.Scale;
import java.util.List;

/**
 * Forward pass of a linear model of hashed features: what {@link io.leeway.core.features.HashedRow}s are worth. Immutable, but for the
 * buffers that each thread brings along.
 */
final class HashedTable {
    private static final double CLIP = 8;
    /** The name of the feature that is always 1. */
    private static final int CONSTANT = 0x636f6e73;

    private final int shift;
    private final float[] slots;
    private final boolean standardise;
    private final IntTable contextNumbers;
    private final IntTable actionNumbers;
    private final double[] contextScales;
    private final double[] actionScales;
    private final double least;
    private final double most;

    HashedTable(HashedLinearLayout layout, Tensor slot, Tensor weight, Tensor scale) {
        this.shift = Integer.SIZE - layout.bits();
        this.slots = new float[2 << layout.bits()];
        this.standardise = layout.standardise();
        this.contextNumbers = table(layout.contexts());
        this.actionNumbers = table(layout.actions());
        this.contextScales = scales(layout.contexts());
        this.actionScales = scales(layout.actions());
        this.least = layout.least();
        this.most = layout.most();
        for (int i = 0; i < layout.entries(); i++) {
            int place = (int) slot.data().get(i);
            if (!(place >= 0 && place < 1 << layout.bits())) {
                throw new InvalidArtifactException("must be in [0, 2^" + layout.bits() + "): slot=" + place);
            }
            slots[2 * place] = weight.data().get(i);
            slots[2 * place + 1] = scale.data().get(i);
        }
    }

    private static IntTable table(List<Scale> scales) {
        return new IntTable(scales.stream().mapToInt(Scale::feature).toArray());
    }

    private static double[] scales(List<Scale> scales) {
        double[] flat = new double[2 * scales.size()];
        for (int i = 0; i < scales.size(); i++) {
            flat[2 * i] = scales.get(i).mean();
            flat[2 * i + 1] = scales.get(i).rate();
        }
        return flat;
    }

    /** What one thread reuses. */
    static final class Buffers {
        private int[] contextNames = new int[64];
        private double[] contextValues = new double[64];
        private int[] actionNames = new int[64];
        private double[] actionValues = new double[64];
    }

    /** Writes the score of each action. */
    void score(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores, Buffers own) {
        if (own.contextNames.length <= context.size()) {
            own.contextNames = new int[2 * context.size()];
            own.contextValues = new double[2 * context.size()];
        }
        scale(context, contextNumbers, contextScales, own.contextNames, own.contextValues);
        own.contextNames[context.size()] = CONSTANT;
        own.contextValues[context.size()] = 1;
        for (int i = 0; i < count; i++) {
            double score = sum(own.contextNames, own.contextValues, context.size() + 1, Situation.hashOf(ids.get(i)));
            HashedRow features = actions.get(i);
            if (features.size() > 0) {
                score += own(context.size(), features, own);
            }
            scores[i] = Math.max(least, Math.min(most, score));
        }
    }

    /** The prediction for a context alone. */
    double predict(HashedRow context, Buffers own) {
        if (own.contextNames.length <= context.size()) {
            own.contextNames = new int[2 * context.size()];
            own.contextValues = new double[2 * context.size()];
        }
        scale(context, contextNumbers, contextScales, own.contextNames, own.contextValues);
        own.contextNames[context.size()] = CONSTANT;
        own.contextValues[context.size()] = 1;
        double sum = sum(own.contextNames, own.contextValues, context.size() + 1, 0);
        return Math.max(least, Math.min(most, sum));
    }

    /** The action's own features, and their products with the context's. */
    private double own(int contexts, HashedRow features, Buffers own) {
        int size = features.size();
        if (own.actionNames.length <= size) {
            own.actionNames = new int[2 * size];
            own.actionValues = new double[2 * size];
        }
        scale(features, actionNumbers, actionScales, own.actionNames, own.actionValues);
        own.actionNames[size] = CONSTANT;
        own.actionValues[size] = 1;
        double score = sum(own.actionNames, own.actionValues, size + 1, 0);
        for (int j = 0; j < size; j++) {
            own.actionNames[j] *= 0x27d4eb2f;
        }
        for (int i = 0; i < contexts; i++) {
            double value = own.contextValues[i];
            if (value != 0) {
                score += products(own.contextNames[i] * 0x01000193, value, own, size);
            }
        }
        return score;
    }

    private double products(int seed, double value, Buffers own, int size) {
        int[] names = own.actionNames;
        double[] values = own.actionValues;
        float[] table = slots;
        double sum = 0;
        for (int j = 0; j < size; j++) {
            int slot = ((seed ^ names[j]) * 0x9e3779b9 >>> shift) * 2;
            sum += table[slot] * clipped(value * values[j], table[slot + 1]);
        }
        return sum;
    }

    private double sum(int[] names, double[] values, int size, int seed) {
        float[] table = slots;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int slot = ((names[i] ^ seed) * 0x9e3779b9 >>> shift) * 2;
            sum += table[slot] * clipped(values[i], table[slot + 1]);
        }
        return sum;
    }

    private static double clipped(double value, double scale) {
        return value > scale ? scale : value < -scale ? -scale : value;
    }

    private void scale(HashedRow row, IntTable known, double[] scales, int[] names, double[] values) {
        for (int i = 0; i < row.size(); i++) {
            names[i] = row.index(i);
            values[i] = row.value(i);
            if (standardise && row.isNumber(i)) {
                int at = known.find(row.index(i));
                double scaled = at < 0 ? 0 : (row.value(i) - scales[2 * at]) * scales[2 * at + 1];
                values[i] = scaled > CLIP ? CLIP : scaled < -CLIP ? -CLIP : scaled;
            }
        }
    }
}
