package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;

/** The last layer of a {@link NetworkExpert}: what it predicts from the hidden features. Not thread-safe. */
final class NetworkHead {
    private static final float ALMOST_ONE = 0.9999f;

    final Layer layer = new Layer();
    private final Head head;
    private float[] outputs = {};
    private float[] deltas = {};

    NetworkHead(Head head) {
        this.head = head;
    }

    void grow(int features, int arms) {
        if (arms > layer.outputs()) {
            // Zeros: before anything is learnt, no arm looks better than another.
            layer.grow(features, arms, new float[features * arms]);
            outputs = new float[arms];
            deltas = new float[arms];
        }
    }

    /** Predicts the reward of every arm, by the averaged weights. */
    float[] predict(float[] features) {
        return predict(features, true);
    }

    private float[] predict(float[] features, boolean averaged) {
        layer.forward(features, outputs, averaged);
        if (head == Head.ONE_WINNER) {
            softmax(outputs);
        }
        return outputs;
    }

    /** Adds the gradients of one example and {@code share} of its derivatives with respect to the features. */
    void addGradients(float[] features, int arm, float reward, float[] featureDeltas, float share) {
        if (head == Head.MEANS) {
            layer.backward(features, arm, layer.output(features, arm) - reward, featureDeltas, share);
        } else {
            predict(features, false);
            winnerDeltas(arm, Math.min(1, Math.max(0, reward)));
            layer.backward(features, deltas);
            layer.addInputDeltas(features, deltas, featureDeltas, share);
        }
    }

    private void winnerDeltas(int arm, float success) {
        float p = Math.min(outputs[arm], ALMOST_ONE);
        float pull = success - (1 - success) * p / (1 - p);
        for (int a = 0; a < deltas.length; a++) {
            deltas[a] = pull * outputs[a];
        }
        deltas[arm] -= pull;
    }

    private static void softmax(float[] values) {
        float highest = values[0];
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        float sum = 0;
        for (int a = 0; a < values.length; a++) {
            values[a] = (float) Math.exp(values[a] - highest);
            sum += values[a];
        }
        for (int a = 0; a < values.length; a++) {
            values[a] /= sum;
        }
    }

    boolean expectsOneWinner() {
        return head == Head.ONE_WINNER;
    }

    void exchange(Memento state) {
        layer.exchange(state);
        if (state.reads()) {
            outputs = new float[layer.outputs()];
            deltas = new float[layer.outputs()];
        }
    }
}
