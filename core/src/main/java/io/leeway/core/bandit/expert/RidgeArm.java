package io.leeway.core.bandit.expert;

import java.util.Arrays;

/** The posterior of one arm's weights: inverse of the penalised Gram matrix, and mean. Not thread-safe. */
final class RidgeArm {
    private static final double ADAPTATION = 0.1;

    private final int count;
    private final float[] inverse;
    private final float[] weights;
    private final float[] direction;
    private double usualShare = 1;

    /** Nothing learnt yet. */
    RidgeArm(int count, double penalty) {
        this(count, new float[count * count], new float[count]);
        for (int i = 0; i < count; i++) {
            inverse[i * count + i] = (float) (1 / penalty);
        }
    }

    private RidgeArm(int count, float[] inverse, float[] weights) {
        this.count = count;
        this.inverse = inverse;
        this.weights = weights;
        this.direction = new float[count];
    }

    /**
     * The posterior of many rows.
     *
     * @param gram with the penalty, lower triangle; inverted in place
     */
    static RidgeArm of(double[] gram, double[] moments, int count, double usualShare) {
        Cholesky.invert(gram, count);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int j = 0; j < count; j++) {
                sum += gram[i * count + j] * moments[j];
            }
            weights[i] = (float) sum;
        }
        RidgeArm arm = new RidgeArm(count, Floats.of(gram), weights);
        arm.usualShare = usualShare;
        return arm;
    }

    double mean(float[] features) {
        return Floats.dot(weights, features, count);
    }

    double variance(float[] features) {
        multiply(features);
        return Math.max(0, Floats.dot(direction, features, count));
    }

    /** The running mean, over feedbacks, of the deviation as a share of the prior's. */
    double usualShare() {
        return usualShare;
    }

    /**
     * Takes one reward in by Sherman and Morrison's formula.
     *
     * @param prior variance at these features
     */
    void learn(float[] features, float reward, double prior) {
        float variance = (float) variance(features);
        usualShare += ADAPTATION * (Math.min(1, Math.sqrt(variance / prior)) - usualShare);
        float scale = 1 / (1 + variance);
        float gain = (reward - Floats.dot(weights, features, count)) * scale;
        for (int i = 0; i < count; i++) {
            weights[i] += gain * direction[i];
        }
        for (int i = 0; i < count; i++) {
            float factor = scale * direction[i];
            int line = i * count;
            for (int j = 0; j < count; j++) {
                inverse[line + j] -= factor * direction[j];
            }
        }
    }

    private void multiply(float[] features) {
        Arrays.fill(direction, 0);
        for (int i = 0; i < count; i++) {
            float factor = features[i];
            if (factor != 0) {
                int line = i * count;
                for (int j = 0; j < count; j++) {
                    direction[j] += factor * inverse[line + j];
                }
            }
        }
    }

    void writeWeights(float[] into, int offset) {
        System.arraycopy(weights, 0, into, offset, count);
    }
}
