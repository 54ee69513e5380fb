package io.leeway.core.model;

import io.leeway.core.features.Action;
import java.util.List;
import java.util.Map;

/**
 * A bandit model of several opinions, such as draws from a posterior or members of an ensemble. Its score is their mean. Thread-safe.
 */
public interface SampledScorer extends Scorer {
    /** Predicted rewards [opinion][action], actions in the given order, all finite. */
    double[][] samples(Map<String, ?> context, List<Action> actions);

    /** Means over the opinions. */
    static double[] means(double[][] samples) {
        double[] means = new double[samples[0].length];
        for (double[] sample : samples) {
            for (int i = 0; i < means.length; i++) {
                means[i] += sample[i] / samples.length;
            }
        }
        return means;
    }
}
