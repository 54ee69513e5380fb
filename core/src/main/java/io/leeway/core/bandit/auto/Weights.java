package io.leeway.core.bandit.auto;

import java.util.Arrays;

/**
 * Weighs experts by the squared errors of what they predicted before it came, old errors fading: the weight falls with a
 * power of the mean squared error, so that it has no units and equals share alike. Not thread-safe.
 *
 * @see "Cesa-Bianchi and Lugosi, Prediction, Learning, and Games, 2006, chapter 2, on weighted averages of experts"
 */
final class Weights {
    private static final double POWER = 4;
    private static final double FADING = 0.999;
    /** Each expert begins with this many errors of 1, so that the first feedbacks do not decide. */
    private static final double PRIOR = 5;

    private final double[] errors;
    private final double[] weights;

    Weights(int experts) {
        errors = new double[experts];
        weights = new double[experts];
        reset();
    }

    /** As if nothing was learnt. */
    void reset() {
        Arrays.fill(errors, PRIOR);
        Arrays.fill(weights, 1.0 / weights.length);
    }

    double weight(int expert) {
        return weights[expert];
    }

    int size() {
        return weights.length;
    }

    /** @param predictions one per expert, made before the reward was known; NaN of an expert that made none */
    void learn(double[] predictions, double reward) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < errors.length; i++) {
            if (!Double.isNaN(predictions[i])) {
                double error = RewardScale.bound(predictions[i]) - reward;
                errors[i] = FADING * errors[i] + error * error;
            }
            least = Math.min(least, errors[i]);
        }
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            // The least keeps the ratio 1 when nobody errs any more.
            weights[i] = Math.pow((least + Double.MIN_NORMAL) / (errors[i] + Double.MIN_NORMAL), POWER);
            sum += weights[i];
        }
        for (int i = 0; i < errors.length; i++) {
            weights[i] /= sum;
        }
    }
}
