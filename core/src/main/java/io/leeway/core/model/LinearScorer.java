package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forward pass of a linear model. In the joint layout the context's part is computed once per decision, and columns of an
 * action that are 0 cost nothing, interactions included. Thread-safe.
 */
final class LinearScorer implements ColumnScorer {
    private final FeatureEncoder encoder;
    private final Heads heads;
    private final Optional<PredictionInterval> interval;
    private final boolean regression;
    private final boolean interactions;
    private final float[] weight;
    private final float[] bias;
    private final ThreadLocal<Buffers> buffers;

    LinearScorer(Artifact artifact) {
        ModelDescription description = artifact.description();
        this.encoder = new FeatureEncoder(description.features());
        this.heads = new Heads(description.heads());
        this.interval = PredictionInterval.of(description);
        this.regression = description.loopKind().equals(ModelDescription.REGRESSION);
        this.interactions = description.features().interactions();
        this.weight = artifact.tensor("weight").data().toArray();
        this.bias = artifact.tensor("bias").data().toArray();
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(encoder));
    }

    /**
     * What one thread reuses: columns, and what a column of an action is worth in the context at hand, which is the same for all actions
     * that have the column. A factor is of the context at hand if its stamp says so.
     */
    private static final class Buffers {
        private final float[] columns;
        private final double[] factors;
        private final int[] stamps;
        private int context;

        private Buffers(FeatureEncoder encoder) {
            columns = new float[encoder.contextWidth() + encoder.actionWidth()];
            factors = new double[encoder.actionWidth()];
            stamps = new int[encoder.actionWidth()];
        }

        private void nextContext() {
            context++;
            if (context == 0) {
                Arrays.fill(stamps, 0);
                context = 1;
            }
        }
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        if (regression) {
            throw new IllegalStateException("must be a bandit model to score actions");
        }
        Buffers own = buffers.get();
        encoder.encodeContext(context, own.columns);
        return heads.isEmpty() ? joint(own, actions) : heads.pick(outputs(own.columns), actions);
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
        Buffers own = buffers.get();
        own.nextContext();
        double common = bias[0] + dot(context, 0);
        for (int i = 0; i < count; i++) {
            scores[i] = joint(common, context, actions, i * encoder.actionWidth(), own);
        }
    }

    @Override
    public Optional<PredictionInterval> interval() {
        return interval;
    }

    @Override
    public double predict(Map<String, ?> context) {
        if (!regression) {
            throw new IllegalStateException("must be a regression model to predict");
        }
        float[] columns = buffers.get().columns;
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

    private double[] joint(Buffers own, List<Action> actions) {
        own.nextContext();
        double common = bias[0] + dot(own.columns, 0);
        double[] scores = new double[actions.size()];
        for (int i = 0; i < scores.length; i++) {
            encoder.encodeAction(actions.get(i), own.columns, encoder.contextWidth());
            scores[i] = joint(common, own.columns, own.columns, encoder.contextWidth(), own);
        }
        return scores;
    }

    /** The score of the action whose columns begin at {@code at}. */
    private double joint(double common, float[] context, float[] actions, int at, Buffers own) {
        int actionWidth = encoder.actionWidth();
        double score = common;
        for (int j = 0; j < actionWidth; j++) {
            float column = actions[at + j];
            if (column != 0) {
                score += column * factor(j, context, own);
            }
        }
        return score;
    }

    private double factor(int column, float[] context, Buffers own) {
        int contextWidth = encoder.contextWidth();
        if (!interactions) {
            return weight[contextWidth + column];
        }
        if (own.stamps[column] != own.context) {
            own.stamps[column] = own.context;
            own.factors[column] = weight[contextWidth + column]
                    + dot(context, contextWidth + encoder.actionWidth() + column * contextWidth);
        }
        return own.factors[column];
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
