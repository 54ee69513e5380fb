package io.leeway.training.learning;

import io.leeway.core.model.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What computes a network: everything else of training (order, schedule, averaging, when to stop) is {@link NetworkTraining}'s. All
 * engines begin from the same weights, take the same steps and give the same tensors up to rounding. Not thread safe.
 */
public interface NetworkEngine {
    /**
     * A feed-forward network: rectified hidden layers, linear outputs.
     *
     * @param hidden units of each hidden layer
     * @param outputs those for quantiles included
     * @param l2 weight of half the squared norm of the weights, biases left out, in the loss
     * @param quantiles levels of the quantiles that the last outputs learn, by {@link #PINBALL} times the pinball loss
     */
    record Shape(int inputs, List<Integer> hidden, int outputs, double l2, List<Double> quantiles) {
        /** How much quantiles count beside the value, whose unit is its standard deviation. */
        static final float PINBALL = 1;

        public Shape {
            hidden = List.copyOf(hidden);
            quantiles = List.copyOf(quantiles);
        }

        /** Without quantiles. */
        public Shape(int inputs, List<Integer> hidden, int outputs, double l2) {
            this(inputs, hidden, outputs, l2, List.of());
        }

        /** Outputs that learn values by their squared errors; they come first. */
        public int values() {
            return outputs - quantiles.size();
        }

        /**
         * Gradients of the loss of one row before they are weighted.
         *
         * @param errors outputs minus labels, which the gradients replace
         * @param at where the row begins
         */
        public void toGradients(float[] errors, int at) {
            for (int i = at; i < at + values(); i++) {
                errors[i] *= 2;
            }
            for (int q = 0; q < quantiles.size(); q++) {
                int i = at + values() + q;
                float level = quantiles.get(q).floatValue();
                errors[i] = errors[i] < 0 ? -PINBALL * level : errors[i] > 0 ? PINBALL * (1 - level) : 0;
            }
        }

        int layers() {
            return hidden.size() + 1;
        }

        int in(int layer) {
            return layer == 0 ? inputs : hidden.get(layer - 1);
        }

        int out(int layer) {
            return layer == hidden.size() ? outputs : hidden.get(layer);
        }
    }

    /**
     * Rows to learn from together.
     *
     * @param features [rows, inputs] row by row
     * @param labels [rows, outputs]
     * @param weights [rows, outputs]: how much each label counts, 0 for none; null if all count 1
     */
    record Minibatch(int rows, Values features, Values labels, Values weights) {}

    /** Floats that belong to one minibatch and are not changed. */
    record Values(float[] array) {}

    /** Makes an engine that starts from these tensors, named and shaped as {@link io.leeway.core.model.Layout} says. */
    interface Maker {
        NetworkEngine make(Shape shape, List<Tensor> initial);

        /** What computes, such as {@code dl4j-cpu (CPU, BLAS OPENBLAS)}; loads it. */
        String backend();

        /** Versions of the libraries that the weights depend on. */
        Map<String, String> libraryVersions();
    }

    /**
     * One step of Adam down the mean over rows of the weighted losses.
     *
     * @return the squared errors' part of the loss before the step
     */
    double learn(Minibatch batch, double stepSize);

    /** Outputs [rows, outputs] for features [rows, inputs]. */
    float[] outputs(float[] features, int rows);

    /** All parameters, in an order of the engine's own. */
    float[] parameters();

    void setParameters(float[] values);

    /** The parameters as an artifact has them. */
    List<Tensor> tensors();
}
