package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.NetworkLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forward pass of a feed-forward network in plain float loops. The inner loop runs over outputs, so that the compiler turns it
 * into vector instructions; inputs that are 0 are skipped. In the joint layout the context's share of the first layer is
 * computed once per decision. Thread-safe: buffers belong to threads.
 *
 * <p>Weights outside the range of floats could overflow on the way; a score that is not finite is refused with
 * IllegalStateException rather than served.
 */
final class NetworkScorer implements ColumnScorer {
    private final FeatureEncoder encoder;
    private final Heads heads;
    private final Optional<PredictionInterval> interval;
    private final Optional<QuantileInterval> quantiles;
    private final boolean regression;
    private final boolean interactions;
    private final Activation activation;
    private final float targetMean;
    private final float targetStandardDeviation;
    /** By layer and input: one weight for each output. */
    private final float[][][] weights;

    private final float[][] biases;
    /** Of the last layer, by output: one weight for each input. */
    private final float[][] lastByOutput;

    private final ThreadLocal<Buffers> buffers;

    NetworkScorer(Artifact artifact, NetworkLayout layout) {
        ModelDescription description = artifact.description();
        this.encoder = new FeatureEncoder(description.features());
        this.heads = new Heads(description.heads());
        this.quantiles = layout.quantiles().isEmpty() ? Optional.empty() : QuantileInterval.of(description);
        this.interval = layout.quantiles().isEmpty() ? PredictionInterval.of(description) : Optional.empty();
        this.regression = description.loopKind().equals(ModelDescription.REGRESSION);
        this.interactions = description.features().interactions();
        this.activation = layout.activation();
        this.targetMean = (float) layout.targetMean();
        this.targetStandardDeviation = (float) layout.targetStandardDeviation();
        int layers = layout.hidden().size() + 1;
        this.weights = new float[layers][][];
        this.biases = new float[layers][];
        for (int layer = 0; layer < layers; layer++) {
            biases[layer] = artifact.tensor("layer" + layer + ".bias").data().toArray();
            weights[layer] =
                    rows(artifact.tensor("layer" + layer + ".weight").data().toArray(), biases[layer].length);
        }
        this.lastByOutput = transposed(weights[layers - 1], biases[layers - 1].length);
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(encoder, biases));
    }

    private static float[][] rows(float[] weight, int width) {
        float[][] rows = new float[weight.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(weight, row * width, (row + 1) * width);
        }
        return rows;
    }

    private static float[][] transposed(float[][] rows, int width) {
        float[][] columns = new float[width][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < width; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }

    /** Columns, the context's share of the first layer, the values of each layer, and places of inputs that are not 0. */
    private static final class Buffers {
        private final float[] columns;
        private final float[] common;
        private final float[][] layers;
        private final int[] filled;

        private Buffers(FeatureEncoder encoder, float[][] biases) {
            columns = new float[encoder.contextWidth() + encoder.actionWidth()];
            common = new float[biases[0].length];
            layers = new float[biases.length][];
            int widest = Math.max(encoder.contextWidth(), encoder.actionWidth());
            for (int layer = 0; layer < layers.length; layer++) {
                layers[layer] = new float[biases[layer].length];
                widest = Math.max(widest, layers[layer].length);
            }
            filled = new int[widest];
        }
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        if (regression) {
            throw new IllegalStateException("must be a bandit model to score actions");
        }
        Buffers own = buffers.get();
        startFromContext(context, own);
        if (!heads.isEmpty()) {
            System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
            finish(own);
            return heads.pick(outputs(own), actions);
        }
        double[] scores = new double[actions.size()];
        for (int i = 0; i < scores.length; i++) {
            System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
            encoder.encodeAction(actions.get(i), own.columns, encoder.contextWidth());
            addAction(own.columns, own.columns, encoder.contextWidth(), own);
            finish(own);
            scores[i] = scaled(own, 0);
        }
        return scores;
    }

    @Override
    public FeatureEncoder encoder() {
        return encoder;
    }

    @Override
    public boolean readsIds() {
        return !heads.isEmpty();
    }

    @Override
    public void scoreColumns(float[] context, float[] actions, List<String> ids, int count, double[] scores) {
        Buffers own = buffers.get();
        start(context, own);
        if (!heads.isEmpty()) {
            System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
            finish(own);
            heads.pick(outputs(own), ids, scores);
            return;
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
            addAction(context, actions, i * encoder.actionWidth(), own);
            finish(own);
            scores[i] = scaled(own, 0);
        }
    }

    /** What comes out of the last layer, scaled; for one action in the joint layout, for none in a heads layout. */
    double[] allOutputs(Map<String, ?> context, Action actionOrNull) {
        if (regression) {
            throw new IllegalStateException("must be a bandit model to score actions");
        }
        Buffers own = buffers.get();
        startFromContext(context, own);
        System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
        if (actionOrNull != null) {
            encoder.encodeAction(actionOrNull, own.columns, encoder.contextWidth());
            addAction(own.columns, own.columns, encoder.contextWidth(), own);
        }
        finish(own);
        return outputs(own);
    }

    private double[] outputs(Buffers own) {
        double[] outputs = new double[biases[biases.length - 1].length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = scaled(own, i);
        }
        return outputs;
    }

    @Override
    public Forecast forecast(Map<String, ?> context) {
        Buffers own = run(context);
        double value = scaled(own, 0);
        if (quantiles.isPresent()) {
            return new Forecast(value, Optional.of(quantiles.get().around(value, scaled(own, 1), scaled(own, 2))));
        }
        return new Forecast(value, interval.map(learned -> learned.around(value)));
    }

    @Override
    public double predict(Map<String, ?> context) {
        return scaled(run(context), 0);
    }

    private Buffers run(Map<String, ?> context) {
        if (!regression) {
            throw new IllegalStateException("must be a regression model to predict");
        }
        Buffers own = buffers.get();
        startFromContext(context, own);
        System.arraycopy(own.common, 0, own.layers[0], 0, own.common.length);
        finish(own);
        return own;
    }

    private void startFromContext(Map<String, ?> context, Buffers own) {
        encoder.encodeContext(context, own.columns);
        start(own.columns, own);
    }

    private void start(float[] context, Buffers own) {
        System.arraycopy(biases[0], 0, own.common, 0, own.common.length);
        addRows(context, 0, encoder.contextWidth(), weights[0], 0, own.common, own.filled);
    }

    /** Adds the rows of the action whose columns begin at {@code at}. */
    private void addAction(float[] context, float[] actions, int at, Buffers own) {
        int contextWidth = encoder.contextWidth();
        int actionWidth = encoder.actionWidth();
        addRows(actions, at, actionWidth, weights[0], contextWidth, own.layers[0], own.filled);
        if (interactions) {
            for (int j = 0; j < actionWidth; j++) {
                float column = actions[at + j];
                for (int i = 0; column != 0 && i < contextWidth; i++) {
                    int row = contextWidth + actionWidth + j * contextWidth + i;
                    addScaledRow(column * context[i], weights[0][row], own.layers[0]);
                }
            }
        }
    }

    /** The first layer's sums are in place: applies the activation and runs the layers that follow. */
    private void finish(Buffers own) {
        for (int layer = 1; layer < weights.length; layer++) {
            float[] in = own.layers[layer - 1];
            float[] out = own.layers[layer];
            activate(in);
            if (layer == weights.length - 1) {
                for (int o = 0; o < out.length; o++) {
                    out[o] = biases[layer][o] + dot(in, lastByOutput[o]);
                }
            } else {
                System.arraycopy(biases[layer], 0, out, 0, out.length);
                addRows(in, 0, in.length, weights[layer], 0, out, own.filled);
            }
        }
    }

    /**
     * Adds every row of weights times its input. Four rows at a time, in their order, so that sums are loaded and stored a quarter as
     * often and come out the same to the last bit. Each row is an array of its own: with one index and no offsets the compiler knows that
     * no sum is a weight, and makes vector instructions of the loop. Inputs that are not 0 are found without a branch on them: half of the units of a
     * hidden layer are 0, and nobody can guess which.
     *
     * @param at where the inputs begin
     * @param row of the first input
     * @param filled takes the places of the inputs that are not 0
     */
    private static void addRows(float[] in, int at, int count, float[][] weight, int row, float[] sums, int[] filled) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            filled[found] = i;
            found += in[at + i] == 0f ? 0 : 1;
        }
        int next = 0;
        for (; next + 3 < found; next += 4) {
            float fa = in[at + filled[next]];
            float fb = in[at + filled[next + 1]];
            float fc = in[at + filled[next + 2]];
            float fd = in[at + filled[next + 3]];
            float[] ra = weight[row + filled[next]];
            float[] rb = weight[row + filled[next + 1]];
            float[] rc = weight[row + filled[next + 2]];
            float[] rd = weight[row + filled[next + 3]];
            for (int o = 0; o < sums.length; o++) {
                sums[o] = sums[o] + fa * ra[o] + fb * rb[o] + fc * rc[o] + fd * rd[o];
            }
        }
        for (; next < found; next++) {
            addScaledRow(in[at + filled[next]], weight[row + filled[next]], sums);
        }
    }

    /** Four sums, because each addition waits for the one before. */
    private static float dot(float[] in, float[] weight) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < in.length; i += 4) {
            a += in[i] * weight[i];
            b += in[i + 1] * weight[i + 1];
            c += in[i + 2] * weight[i + 2];
            d += in[i + 3] * weight[i + 3];
        }
        for (; i < in.length; i++) {
            a += in[i] * weight[i];
        }
        return a + b + (c + d);
    }

    private static void addScaledRow(float factor, float[] row, float[] sums) {
        if (factor == 0f) {
            return;
        }
        for (int o = 0; o < sums.length; o++) {
            sums[o] += factor * row[o];
        }
    }

    private void activate(float[] values) {
        switch (activation) {
            case RELU -> {
                for (int i = 0; i < values.length; i++) {
                    // Exactly the larger of the value and 0, without a branch that nobody can guess; NaN stays, to be
                    // refused.
                    values[i] = 0.5f * (values[i] + Math.abs(values[i]));
                }
            }
            case TANH -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) Math.tanh(values[i]);
                }
            }
            case IDENTITY -> {}
        }
    }

    private double scaled(Buffers own, int output) {
        float[] last = own.layers[own.layers.length - 1];
        double score = targetMean + (double) targetStandardDeviation * last[output];
        if (!Double.isFinite(score)) {
            throw new IllegalStateException("must be finite: score=" + score);
        }
        return score;
    }
}
