package io.leeway.core.drift;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Estimates the mean absolute error of predictions whose rewards are not known yet: small trees learn how large the error is from
 * inputs and prediction, on decisions with known rewards. Half of those decisions is kept to see how far the estimate itself is off.
 * Beyond the range of those decisions the error is taken to be as at its edge.
 * Thread-safe: immutable.
 *
 * @see "NannyML, Direct loss estimation (DLE)"
 */
public final class ErrorEstimator {
    /** Fewer decisions teach nothing. */
    public static final int MINIMUM = 100;

    private static final String PREDICTION = "\0prediction";

    private final RowColumns columns;
    private final BoostedTrees trees;
    private final double reference;
    private final double factor;
    private final double scatter;
    private final int heldOut;

    private ErrorEstimator(
            RowColumns columns, BoostedTrees trees, double reference, double factor, double scatter, int heldOut) {
        this.columns = columns;
        this.trees = trees;
        this.reference = reference;
        this.factor = factor;
        this.scatter = scatter;
        this.heldOut = heldOut;
    }

    /**
     * Learns from decisions with known rewards, not those that the model was trained on.
     *
     * @param rows cells by leaf path: a number, a text, several texts, a flag, or null where it is missing
     * @param rewards as observed
     */
    public static ErrorEstimator fit(
            List<? extends Map<String, ?>> rows, double[] predictions, double[] rewards, SplittableRandom random) {
        int n = rows.size();
        if (n < MINIMUM || n != predictions.length || n != rewards.length) {
            throw new IllegalArgumentException("must be of one length, at least " + MINIMUM + ": rows=" + n
                    + " predictions=" + predictions.length + " rewards=" + rewards.length);
        }
        RowColumns columns = RowColumns.learn(rows, PREDICTION);
        float[][] all = columns.encode(rows, predictions);
        int[] order = RowColumns.shuffled(n, random);
        int half = n / 2;
        double[] errors = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            errors[i] = Math.abs(State.requireFinite(rewards[order[i]]) - predictions[order[i]]);
            mean += errors[i] / n;
        }
        BoostedTrees trees = BoostedTrees.regression(
                RowColumns.rows(all, order, 0, half), java.util.Arrays.copyOf(errors, half), random);
        double[] expected = trees.score(RowColumns.rows(all, order, half, n));
        double observed = 0;
        double sum = 0;
        double squares = 0;
        double squaredExpected = 0;
        for (int i = 0; i < expected.length; i++) {
            observed += errors[half + i];
            sum += Math.max(0, expected[i]);
            squares += Math.pow(errors[half + i] - expected[i], 2);
            squaredExpected += expected[i] * expected[i];
        }
        return new ErrorEstimator(
                columns,
                trees,
                mean,
                sum > 0 ? observed / sum : 1,
                squaredExpected > 0 ? squares / squaredExpected : 0,
                expected.length);
    }

    /** The mean absolute error to expect of these predictions, at least one. */
    public QualityEstimate meanAbsoluteError(List<? extends Map<String, ?>> rows, double[] predictions) {
        double sum = 0;
        double squares = 0;
        for (double expected : trees.score(columns.encode(rows, predictions))) {
            sum += Math.max(0, expected);
            squares += expected * expected;
        }
        double n = predictions.length;
        // Errors scatter in proportion to their size; the factor itself is as uncertain as the rows that it was learned
        // from.
        double error = Math.sqrt(scatter * squares / n * (1 / n + 1.0 / heldOut));
        return QualityEstimate.of("mean absolute error", factor * sum / n, error, reference, predictions.length);
    }
}
