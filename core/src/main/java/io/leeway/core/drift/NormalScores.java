package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Erf;

/**
 * Classes of values with a score for the level and one for the spread, learned from the first values of a stream. Scores are
 * normal scores of the ranks, so that outliers and scale do not matter, standardised and bounded. A stream of few different values
 * gets a class for each of them and one for each gap between. Immutable.
 *
 * @see "van der Waerden, Order tests for the two-sample problem, Indagationes Mathematicae 14, 1952, 453-458"
 */
final class NormalScores {
    private static final int CLASSES = 64;

    /** No single value says more than this, in standard deviations. */
    private static final double BOUND = 4;

    /** What a gap in which nothing was seen counts for. */
    private static final double GAP = 0.25;

    /** A score of the spread that says less than this beyond the level's is none: values of two kinds have no spread apart. */
    private static final double OWN_VARIANCE = 0.02;

    private final double[] edges;
    private final boolean discrete;
    private final double[] level;
    private final double[] spread;

    private NormalScores(double[] edges, boolean discrete, double[] level, double[] spread) {
        this.edges = edges;
        this.discrete = discrete;
        this.level = level;
        this.spread = spread;
    }

    static NormalScores learn(double[] values) {
        // Adding zero makes one zero of the two.
        double[] sorted =
                Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
        double[] different = Arrays.stream(sorted).distinct().toArray();
        boolean discrete = different.length <= CLASSES;
        double[] edges = discrete ? different : quantiles(sorted);
        double[] weights = new double[discrete ? 2 * edges.length + 1 : edges.length + 1];
        for (int c = 0; discrete && c < weights.length; c += 2) {
            weights[c] = GAP;
        }
        for (double value : sorted) {
            weights[classOf(value, edges, discrete)]++;
        }
        double[] level = new double[weights.length];
        double[] spread = new double[weights.length];
        score(weights, level, spread);
        return new NormalScores(edges, discrete, level, standardised(spread, level, weights));
    }

    /** As saved: edges and whether they are values of their own, and the scores; spread may be empty. */
    static NormalScores of(double[] edges, boolean discrete, double[] level, double[] spread) {
        if (level.length != (discrete ? 2 * edges.length + 1 : edges.length + 1)) {
            throw new IllegalArgumentException("must fit: edges=" + edges.length + " scores=" + level.length);
        }
        return new NormalScores(edges, discrete, level, spread);
    }

    private static double[] quantiles(double[] sorted) {
        List<Double> edges = new ArrayList<>();
        for (int c = 1; c < CLASSES; c++) {
            double edge = sorted[(int) ((long) c * sorted.length / CLASSES)];
            if (edges.isEmpty() || edge > edges.get(edges.size() - 1)) {
                edges.add(edge);
            }
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Means of z and of z squared over each class of a standard normal z cut at the classes' shares; level is standardised. */
    private static void score(double[] weights, double[] level, double[] spread) {
        double all = Arrays.stream(weights).sum();
        double below = 0;
        for (int c = 0; c < weights.length; c++) {
            double share = weights[c] / all;
            double low = below / all;
            below += weights[c];
            double high = Math.min(1, below / all);
            level[c] = share == 0 ? 0 : (density(low) - density(high)) / share;
            spread[c] = share == 0 ? 0 : (moment(low) - moment(high)) / share;
        }
        bound(level, weights);
    }

    private static double[] standardised(double[] spread, double[] level, double[] weights) {
        double all = Arrays.stream(weights).sum();
        double along = 0;
        for (int c = 0; c < weights.length; c++) {
            along += weights[c] / all * spread[c] * level[c];
        }
        double own = 0;
        for (int c = 0; c < weights.length; c++) {
            spread[c] -= along * level[c];
            own += weights[c] / all * spread[c] * spread[c];
        }
        if (own < OWN_VARIANCE) {
            return new double[0];
        }
        bound(spread, weights);
        return spread;
    }

    private static void bound(double[] scores, double[] weights) {
        double all = Arrays.stream(weights).sum();
        double mean = 0;
        double squares = 0;
        for (int c = 0; c < scores.length; c++) {
            mean += weights[c] / all * scores[c];
            squares += weights[c] / all * scores[c] * scores[c];
        }
        double deviation = Math.sqrt(Math.max(1e-12, squares - mean * mean));
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Math.max(-BOUND, Math.min(BOUND, (scores[c] - mean) / deviation));
        }
    }

    private static double quantile(double share) {
        return Math.sqrt(2) * Erf.erfInv(2 * share - 1);
    }

    private static double density(double share) {
        if (share <= 0 || share >= 1) {
            return 0;
        }
        double z = quantile(share);
        return StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double moment(double share) {
        return share <= 0 || share >= 1 ? 0 : quantile(share) * density(share);
    }

    int classes() {
        return level.length;
    }

    boolean hasSpread() {
        return spread.length > 0;
    }

    int classOf(double value) {
        return classOf(value, edges, discrete);
    }

    private static int classOf(double value, double[] edges, boolean discrete) {
        int at = Arrays.binarySearch(edges, value + 0.0);
        if (discrete) {
            return at >= 0 ? 2 * at + 1 : 2 * (-at - 1);
        }
        return at >= 0 ? at : -at - 1;
    }

    double level(int place) {
        return level[place];
    }

    double spread(int place) {
        return spread[place];
    }

    double[] edges() {
        return edges.clone();
    }

    boolean discrete() {
        return discrete;
    }

    double[] levels() {
        return level.clone();
    }

    double[] spreads() {
        return spread.clone();
    }
}
