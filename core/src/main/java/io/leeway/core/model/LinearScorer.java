package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import java.util.List;
import java.util.Map;

/**
 * Forward pass of a linear model. In the joint layout the context's part is computed once per decision, and columns of an
 * action that are 0 cost nothing, interactions included. Thread-safe.
 */
final class LinearScorer implements ColumnScorer {
    private final FeatureEncoder encoder;
    private final Heads heads;
    private final boolean regression;
    private final boolean interactions;
    private final float[] weight;
    private final float[] bias;
    private final ThreadLocal<float[]> buffers;

    LinearScorer(Artifact artifact) {
        ModelDescription description = artifact.description();
        this.encoder = new FeatureEncoder(description.features());
        this.heads = new Heads(description.heads());
        this.regression = description.loopKind().equals(ModelDescription.REGRESSION);
        this.interactions = description.features().interactions();
        this.weight = artifact.tensor("weight").data().toArray();
        this.bias = artifact.tensor("bias").data().toArray();
        int columns = encoder.contextWidth() + encoder.actionWidth();
        this.buffers = ThreadLocal.withInitial(() -> new float[columns]);
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        if (regression) {
            throw new IllegalStateException("must be a bandit model to score actions");
        }
        float[] columns = buffers.get();
        encoder.encodeContext(context, columns);
        return heads.isEmpty() ? joint(columns, actions) : heads.pick(outputs(columns), actions);
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
        if (!heads.isEmpty()) {
            heads.pick(outputs(context), ids, scores);
            return;
        }
        double common = bias[0] + dot(context, 0);
        for (int i = 0; i < count; i++) {
            scores[i] = joint(common, context, actions, i * encoder.actionWidth());
        }
    }

    @Override
    public double predict(Map<String, ?> context) {
        if (!regression) {
            throw new IllegalStateException("must be a regression model to predict");
        }
        float[] columns = buffers.get();
        encoder.encodeContext(context, columns);
        return bias[0] + dot(columns, 0);
    }

    private double[] outputs(float[] columns) {
        double[] scores = new double[bias.length];
        for (int output = 0; output < scores.length; output++) {
            scores[output] = bias[output] + dot(columns, output * encoder.contextWidth());
        }
        return scores;
    }

    private double[] joint(float[] columns, List<Action> actions) {
        double common = bias[0] + dot(columns, 0);
        double[] scores = new double[actions.size()];
        for (int i = 0; i < scores.length; i++) {
            encoder.encodeAction(actions.get(i), columns, encoder.contextWidth());
            scores[i] = joint(common, columns, columns, encoder.contextWidth());
        }
        return scores;
    }

    /** The score of the action whose columns begin at {@code at}. */
    private double joint(double common, float[] context, float[] actions, int at) {
        int contextWidth = encoder.contextWidth();
        int actionWidth = encoder.actionWidth();
        double score = common;
        for (int j = 0; j < actionWidth; j++) {
            float column = actions[at + j];
            if (column != 0) {
                double factor = weight[contextWidth + j];
                if (interactions) {
                    factor += dot(context, contextWidth + actionWidth + j * contextWidth);
                }
                score += column * factor;
            }
        }
        return score;
    }

    /** The context's columns times as many weights from an index on; four sums, because each addition waits for the one before. */
    private double dot(float[] columns, int from) {
        int count = encoder.contextWidth();
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += (double) columns[i] * weight[from + i];
            b += (double) columns[i + 1] * weight[from + i + 1];
            c += (double) columns[i + 2] * weight[from + i + 2];
            d += (double) columns[i + 3] * weight[from + i + 3];
        }
        for (; i < count; i++) {
            a += (double) columns[i] * weight[from + i];
        }
        return a + b + (c + d);
    }
}
