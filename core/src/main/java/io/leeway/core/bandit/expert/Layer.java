package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;

/** A fully connected layer, its weights stored input by input, so that inputs that are 0 cost nothing. Not thread-safe. */
final class Layer {
    private int inputs;
    private int outputs;
    private Parameters weights = new Parameters(new float[0]);
    private Parameters biases = new Parameters(new float[0]);

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /**
     * Makes room for more inputs and outputs.
     *
     * @param initial weights of the new shape, input by input; what was trained is copied over them
     */
    void grow(int newInputs, int newOutputs, float[] initial) {
        weights = weights.grown(outputs, initial, newOutputs);
        biases = biases.grown(outputs, new float[newOutputs], newOutputs);
        inputs = newInputs;
        outputs = newOutputs;
    }

    /** Writes the outputs; by the averaged weights when asked so. */
    void forward(float[] in, float[] out, boolean averaged) {
        float[] matrix = averaged ? weights.averages : weights.values;
        System.arraycopy(averaged ? biases.averages : biases.values, 0, out, 0, outputs);
        for (int i = 0; i < inputs; i++) {
            if (in[i] != 0) {
                addScaled(in[i], matrix, i * outputs, out, outputs);
            }
        }
    }

    /** Adds the gradients of one example. */
    void backward(float[] in, float[] outDelta) {
        for (int j = 0; j < outputs; j++) {
            biases.gradients[j] += outDelta[j];
        }
        for (int i = 0; i < inputs; i++) {
            if (in[i] != 0) {
                addScaledTo(weights.gradients, i * outputs, in[i], outDelta, outputs);
            }
        }
    }

    /** Adds {@code share} of the derivatives with respect to the inputs; an input of 0 (cut off by a ReLU) has none. */
    void addInputDeltas(float[] in, float[] outDelta, float[] inDelta, float share) {
        for (int i = 0; i < inputs; i++) {
            if (in[i] != 0) {
                inDelta[i] += share * dot(weights.values, i * outputs, outDelta, outputs);
            }
        }
    }

    /** One output, by the latest weights. */
    float output(float[] in, int j) {
        float sum = biases.values[j];
        for (int i = 0; i < inputs; i++) {
            sum += in[i] * weights.values[i * outputs + j];
        }
        return sum;
    }

    /** Does what {@link #backward} and {@link #addInputDeltas} do, for an example that tells about output {@code j} only. */
    void backward(float[] in, int j, float outDelta, float[] inDelta, float share) {
        biases.gradients[j] += outDelta;
        for (int i = 0; i < inputs; i++) {
            int place = i * outputs + j;
            if (in[i] != 0) {
                weights.gradients[place] += in[i] * outDelta;
                inDelta[i] += share * outDelta * weights.values[place];
            }
        }
    }

    void step(float rate, int examples, float correction, float averaging) {
        weights.step(rate, examples, correction, averaging);
        biases.step(rate, examples, correction, averaging);
    }

    private static void addScaled(float scale, float[] matrix, int offset, float[] out, int length) {
        for (int j = 0; j < length; j++) {
            out[j] += scale * matrix[offset + j];
        }
    }

    private static void addScaledTo(float[] matrix, int offset, float scale, float[] row, int length) {
        for (int j = 0; j < length; j++) {
            matrix[offset + j] += scale * row[j];
        }
    }

    private static float dot(float[] matrix, int offset, float[] row, int length) {
        float even = 0;
        float odd = 0;
        int j = 0;
        for (; j + 1 < length; j += 2) {
            even += matrix[offset + j] * row[j];
            odd += matrix[offset + j + 1] * row[j + 1];
        }
        return j < length ? even + odd + matrix[offset + j] * row[j] : even + odd;
    }

    void exchange(Memento state) {
        inputs = state.whole(inputs);
        outputs = state.whole(outputs);
        weights = weights.exchanged(state);
        biases = biases.exchanged(state);
    }

    /** The averaged weights, input by input; a copy. */
    float[] averagedWeights() {
        return weights.averages.clone();
    }

    float[] averagedBiases() {
        return biases.averages.clone();
    }
}
