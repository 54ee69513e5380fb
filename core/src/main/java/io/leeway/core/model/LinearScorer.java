package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forward pass of a linear model. In the joint layout the context's part is computed once per decision, and so
 * is what a column of an action is worth in it, products of the two included. Thread-safe.
 */
final class LinearScorer implements ColumnScorer {
    private final FeatureEncoder encoder;
    private final Heads heads;
    private final Optional<PredictionInterval> interval;
    private final boolean regression;
    private final float[] weight;
    private final float[] bias;
    /** Of the columns of an action; empty where there are none. */
    private final float[] actionWeight;
    /** Empty without products. */
    private final float[][] products;

    private final ThreadLocal<Buffers> buffers;

    LinearScorer(Artifact artifact) {
        ModelDescription description = artifact.description();
        this.encoder = new FeatureEncoder(description.features());
        this.heads = new Heads(description.heads());
        this.interval = PredictionInterval.of(description);
        this.regression = description.loopKind().equals(ModelDescription.REGRESSION);
        this.weight = artifact.tensor("weight").data().toArray();
        this.bias = artifact.tensor("bias").data().toArray();
        boolean joint = heads.isEmpty() && !regression;
        this.actionWeight = joint
                ? Arrays.copyOfRange(weight, encoder.contextWidth(), encoder.contextWidth() + encoder.actionWidth())
                : new float[0];
        this.products = joint && description.features().interactions() ? products() : new float[0][];
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(encoder));
    }

    /** What one thread reuses: columns, and what a column of an action is worth in the context at hand. */
    private static final class Buffers {
        private final float[] columns;
        private final double[] factors;

        private Buffers(FeatureEncoder encoder) {
            columns = new float[encoder.contextWidth() + encoder.actionWidth()];
            factors = new double[encoder.actionWidth()];
        }
    }

    /** Weights of the products by context column: one for each column of an action; as in the artifact they stand the other way round. */
    private float[][] products() {
        int contextWidth = encoder.contextWidth();
        int actionWidth = encoder.actionWidth();
        float[][] rows = new float[contextWidth][actionWidth];
        for (int j = 0; j < actionWidth; j++) {
            for (int i = 0; i < contextWidth; i++) {
                rows[i][j] = weight[contextWidth + actionWidth + j * contextWidth + i];
            }
        }
        return rows;
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
        setFactors(context, own.factors);
        double common = bias[0] + dot(context, 0);
        for (int i = 0; i < count; i++) {
            scores[i] = common + dot(own.factors, actions, i * encoder.actionWidth());
        }
    }

    @Override
    public Forecast forecast(Map<String, ?> context) {
        double value = predict(context);
        return new Forecast(value, interval.map(learned -> learned.around(value)));
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
        setFactors(own.columns, own.factors);
        double common = bias[0] + dot(own.columns, 0);
        double[] scores = new double[actions.size()];
        for (int i = 0; i < scores.length; i++) {
            encoder.encodeAction(actions.get(i), own.columns, encoder.contextWidth());
            scores[i] = common + dot(own.factors, own.columns, encoder.contextWidth());
        }
        return scores;
    }

    /** In loops over the columns of an action, with one index and no offsets, which the compiler makes vector instructions of. */
    private void setFactors(float[] context, double[] factors) {
        for (int j = 0; j < factors.length; j++) {
            factors[j] = actionWeight[j];
        }
        for (int i = 0; i < products.length; i++) {
            double column = context[i];
            if (column != 0) {
                float[] row = products[i];
                for (int j = 0; j < factors.length; j++) {
                    factors[j] += column * row[j];
                }
            }
        }
    }

    /**
     * Each factor times a column, from an index on; four sums, because each addition waits for the one before. Of many actions most columns
     * are those of other actions' ids: four that are 0 are passed over.
     */
    private static double dot(double[] factors, float[] columns, int from) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < factors.length; i += 4) {
            float first = columns[from + i];
            float second = columns[from + i + 1];
            float third = columns[from + i + 2];
            float fourth = columns[from + i + 3];
            if (isAnyFilled(first, second, third, fourth)) {
                a += factors[i] * first;
                b += factors[i + 1] * second;
                c += factors[i + 2] * third;
                d += factors[i + 3] * fourth;
            }
        }
        for (; i < factors.length; i++) {
            a += factors[i] * columns[from + i];
        }
        return a + b + (c + d);
    }

    /** Whether not all are 0: one question in place of four. */
    private static boolean isAnyFilled(float first, float second, float third, float fourth) {
        return (Float.floatToRawIntBits(first)
                        | Float.floatToRawIntBits(second)
                        | Float.floatToRawIntBits(third)
                        | Float.floatToRawIntBits(fourth))
                != 0;
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
