package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
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
    private final boolean[] served;
    private double examples;
    private double servedSum = 1;

    Weights(int experts) {
        errors = new double[experts];
        weights = new double[experts];
        served = new boolean[experts];
        Arrays.fill(served, true);
        reset();
    }

    /** As if nothing was learnt. */
    void reset() {
        Arrays.fill(errors, PRIOR);
        Arrays.fill(weights, 1.0 / weights.length);
        examples = 0;
        weighServed();
    }

    /** Its share among the experts that are served. */
    double weight(int expert) {
        return served[expert] ? weights[expert] / servedSum : 0;
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
        examples = FADING * examples + 1;
        weighServed();
    }

    /** Its share among all experts. */
    double weightOfAll(int expert) {
        return weights[expert];
    }

    boolean served(int expert) {
        return served[expert];
    }

    /** Only these count from now on; all of them learn. */
    void serve(boolean[] chosen) {
        System.arraycopy(chosen, 0, served, 0, served.length);
        weighServed();
    }

    private void weighServed() {
        servedSum = 0;
        boolean all = true;
        for (int i = 0; i < weights.length; i++) {
            servedSum += served[i] ? weights[i] : 0;
            all &= served[i];
        }
        servedSum = all ? 1 : servedSum; // Without rounding: nothing changes where nothing is left out.
    }

    /** The mean squared error of an expert, old ones fading. */
    double meanError(int expert) {
        return errors[expert] / (PRIOR + examples);
    }

    void exchange(Memento state) {
        double[] readErrors = state.numbers(errors);
        double[] readWeights = state.numbers(weights);
        System.arraycopy(readErrors, 0, errors, 0, errors.length);
        System.arraycopy(readWeights, 0, weights, 0, weights.length);
        System.arraycopy(state.flags(served), 0, served, 0, served.length);
        examples = state.number(examples);
        weighServed();
    }
}
