package io.leeway.training.learning;

import io.leeway.core.model.Layout;
import io.leeway.core.model.Tensor;
import java.util.List;

/**
 * What a learner came to.
 *
 * @param forward the learner's own forward pass, for the parity check
 * @param epochs that were run
 * @param bestEpoch whose weights these are, from 1 on
 * @param examples rows that were learned from, epochs counted
 * @param seconds that the learning took, start-up left out
 * @param warm whether it began with another model's weights
 */
public record Fit(
        Layout layout,
        List<Tensor> tensors,
        Forward forward,
        List<EpochLoss> history,
        int epochs,
        int bestEpoch,
        long examples,
        double seconds,
        boolean warm) {
    /** The learner's own outputs, scaled to the unit of the target, for one row of columns. */
    @FunctionalInterface
    public interface Forward {
        double[] outputs(float[] columns);
    }

    /** Mean squared errors in units of the target's variance. */
    public record EpochLoss(int epoch, double train, double validation) {}

    public Fit {
        tensors = List.copyOf(tensors);
        history = List.copyOf(history);
    }
}
