package io.leeway.core.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Estimates the mean reward of decisions whose rewards are not known yet from what was predicted for their chosen actions: predictions
 * are first made true on average by isotonic regression on decisions with known rewards. Thread-safe: immutable.
 *
 * @see "NannyML, Confidence-based performance estimation (CBPE), of which this is the form for rewards"
 * @see "Zadrozny and Elkan, Transforming classifier scores into accurate multiclass probability estimates, KDD 2002, 694-699"
 */
public final class RewardEstimator {
    private final double[] predicted;
    private final double[] height;
    private final double[] variance;
    private final double reference;
    private final double fitError;

    private RewardEstimator(double[] predicted, double[] height, double[] variance, double reference, double fitError) {
        this.predicted = predicted;
        this.height = height;
        this.variance = variance;
        this.reference = reference;
        this.fitError = fitError;
    }

    /** Learns from decisions with known rewards, not those that the model was trained on; at least two. */
    public static RewardEstimator fit(double[] predictions, double[] rewards) {
        int n = predictions.length;
        if (n < 2 || n != rewards.length) {
            throw new IllegalArgumentException(
                    "must be of one length, at least 2: predictions=" + n + " rewards=" + rewards.length);
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> predictions[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        // Pool adjacent violators: each block knows its rows, its sum and its squares.
        double[][] blocks = new double[n][];
        int size = 0;
        for (int i = 0; i < n; ) {
            double[] block = {0, 0, 0, predictions[order[i]]};
            while (i < n && predictions[order[i]] == block[3]) {
                double reward = State.requireFinite(rewards[order[i++]]);
                block[0]++;
                block[1] += reward;
                block[2] += reward * reward;
            }
            blocks[size++] = block;
            while (size > 1 && mean(blocks[size - 2]) >= mean(blocks[size - 1])) {
                size--;
                for (int k = 0; k < 3; k++) {
                    blocks[size - 1][k] += blocks[size][k];
                }
            }
        }
        double mean = Arrays.stream(rewards).average().orElse(0);
        double[] edges = new double[size];
        double[] heights = new double[size];
        double[] variances = new double[size];
        double scatter = 0;
        for (int b = 0; b < size; b++) {
            edges[b] = blocks[b][3];
            heights[b] = mean(blocks[b]);
            double squares = Math.max(0, blocks[b][2] - blocks[b][0] * heights[b] * heights[b]);
            variances[b] = squares / blocks[b][0];
            scatter += squares;
        }
        return new RewardEstimator(edges, heights, variances, mean, scatter / n / n);
    }

    private static double mean(double[] block) {
        return block[1] / block[0];
    }

    /** The reward to expect where this was predicted. */
    public double expected(double prediction) {
        return height[block(prediction)];
    }

    /** Mean reward to expect of decisions with these predictions, at least one. */
    public QualityEstimate meanReward(double[] predictions) {
        double sum = 0;
        double variances = 0;
        for (double prediction : predictions) {
            int block = block(State.requireFinite(prediction));
            sum += height[block];
            variances += variance[block];
        }
        double n = predictions.length;
        return QualityEstimate.of(
                "mean reward", sum / n, Math.sqrt(variances / n / n + fitError), reference, predictions.length);
    }

    private int block(double prediction) {
        int at = Arrays.binarySearch(predicted, prediction);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }
}
