package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small gradient-boosted trees over columns of numbers, for judging samples, not for serving: at most {@link #CLASSES} classes per
 * column, of which the first is for missing values (NaN). A function of the rows and the random source. Immutable once fitted.
 *
 * @see "Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29, 2001, 1189-1232"
 */
final class BoostedTrees {
    static final int CLASSES = 33;
    private static final int DEPTH = 4;
    private static final int ROUNDS = 60;
    private static final double RATE = 0.15;
    private static final double RIDGE = 4;
    private static final double SHARE = 0.6;
    private static final int LEAVES = 1 << DEPTH;

    private final float[][] edges;
    private final List<Tree> trees = new ArrayList<>();
    private final boolean logistic;
    private double start;

    /** A full binary tree: node k has children 2k+1 and 2k+2; a column of -1 is no split (all go left). */
    private record Tree(int[] column, int[] upTo, double[] leaf) {}

    private BoostedTrees(float[][] edges, boolean logistic) {
        this.edges = edges;
        this.logistic = logistic;
    }

    /** For targets of 0 and 1: scores are log odds. @param columns by column, then row */
    static BoostedTrees classifier(float[][] columns, double[] target, SplittableRandom random) {
        return fit(columns, target, true, random);
    }

    static BoostedTrees regression(float[][] columns, double[] target, SplittableRandom random) {
        return fit(columns, target, false, random);
    }

    private static BoostedTrees fit(float[][] columns, double[] target, boolean logistic, SplittableRandom random) {
        float[][] edges = new float[columns.length][];
        byte[][] places = new byte[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            edges[c] = edges(columns[c]);
            places[c] = places(columns[c], edges[c]);
        }
        BoostedTrees model = new BoostedTrees(edges, logistic);
        double mean = Math.max(1e-3, Arrays.stream(target).average().orElse(0.5));
        model.start = logistic ? Math.log(mean / Math.max(1e-3, 1 - mean)) : mean;
        double[] score = new double[target.length];
        Arrays.fill(score, model.start);
        for (int round = 0; round < ROUNDS; round++) {
            model.trees.add(model.grow(places, target, score, random));
        }
        return model;
    }

    private Tree grow(byte[][] places, double[] target, double[] score, SplittableRandom random) {
        int n = target.length;
        double[] gradient = new double[n];
        double[] weight = new double[n];
        boolean[] drawn = new boolean[n];
        for (int i = 0; i < n; i++) {
            double p = 1 / (1 + Math.exp(-score[i]));
            gradient[i] = target[i] - (logistic ? p : score[i]);
            weight[i] = logistic ? p * (1 - p) : 1;
            drawn[i] = random.nextDouble() < SHARE;
        }
        int[] column = new int[LEAVES - 1];
        int[] upTo = new int[LEAVES - 1];
        int[] node = new int[n];
        for (int depth = 0; depth < DEPTH; depth++) {
            split(places, gradient, weight, drawn, node, (1 << depth) - 1, column, upTo);
            for (int i = 0; i < n; i++) {
                int at = node[i];
                boolean right = column[at] >= 0 && places[column[at]][i] > upTo[at];
                node[i] = 2 * at + (right ? 2 : 1);
            }
        }
        double[] sums = new double[LEAVES];
        double[] weights = new double[LEAVES];
        for (int i = 0; i < n; i++) {
            if (drawn[i]) {
                sums[node[i] - LEAVES + 1] += gradient[i];
                weights[node[i] - LEAVES + 1] += weight[i];
            }
        }
        double[] leaf = new double[LEAVES];
        for (int k = 0; k < LEAVES; k++) {
            leaf[k] = RATE * sums[k] / (weights[k] + RIDGE * (logistic ? 0.25 : 1));
        }
        for (int i = 0; i < n; i++) {
            score[i] += leaf[node[i] - LEAVES + 1];
        }
        return new Tree(column, upTo, leaf);
    }

    /** Finds the best split of every node of one depth in one pass over the columns. */
    private static void split(
            byte[][] places,
            double[] gradient,
            double[] weight,
            boolean[] drawn,
            int[] node,
            int first,
            int[] column,
            int[] upTo) {
        int nodes = first + 1;
        double[] best = new double[nodes];
        Arrays.fill(column, first, first + nodes, -1);
        double[][] sums = new double[nodes][CLASSES];
        double[][] weights = new double[nodes][CLASSES];
        for (int c = 0; c < places.length; c++) {
            for (int k = 0; k < nodes; k++) {
                Arrays.fill(sums[k], 0);
                Arrays.fill(weights[k], 0);
            }
            for (int i = 0; i < node.length; i++) {
                if (drawn[i]) {
                    sums[node[i] - first][places[c][i]] += gradient[i];
                    weights[node[i] - first][places[c][i]] += weight[i];
                }
            }
            for (int k = 0; k < nodes; k++) {
                double all = Arrays.stream(sums[k]).sum();
                double allWeight = Arrays.stream(weights[k]).sum();
                double left = 0;
                double leftWeight = 0;
                for (int place = 0; place + 1 < CLASSES; place++) {
                    left += sums[k][place];
                    leftWeight += weights[k][place];
                    double gain =
                            gain(left, leftWeight) + gain(all - left, allWeight - leftWeight) - gain(all, allWeight);
                    if (leftWeight > 1 && allWeight - leftWeight > 1 && gain > best[k]) {
                        best[k] = gain;
                        column[first + k] = c;
                        upTo[first + k] = place;
                    }
                }
            }
        }
    }

    private static double gain(double sum, double weight) {
        return sum * sum / (weight + RIDGE);
    }

    /** The score of every row: log odds, or the predicted number. */
    double[] score(float[][] columns) {
        byte[][] places = new byte[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            places[c] = places(columns[c], edges[c]);
        }
        double[] score = new double[columns[0].length];
        Arrays.fill(score, start);
        for (Tree tree : trees) {
            for (int i = 0; i < score.length; i++) {
                int at = 0;
                while (at < LEAVES - 1) {
                    int column = tree.column[at];
                    at = 2 * at + (column >= 0 && places[column][i] > tree.upTo[at] ? 2 : 1);
                }
                score[i] += tree.leaf[at - LEAVES + 1];
            }
        }
        return score;
    }

    private static float[] edges(float[] column) {
        float[] sorted = new float[column.length];
        int size = 0;
        for (float value : column) {
            if (!Float.isNaN(value)) {
                sorted[size++] = value;
            }
        }
        Arrays.sort(sorted, 0, size);
        float[] edges = new float[CLASSES - 2];
        int kept = 0;
        for (int c = 1; c <= edges.length && size > 0; c++) {
            float edge = sorted[(int) ((long) c * size / (edges.length + 1))];
            if (edge > sorted[0] && (kept == 0 || edge > edges[kept - 1])) {
                edges[kept++] = edge;
            }
        }
        return Arrays.copyOf(edges, kept);
    }

    private static byte[] places(float[] column, float[] edges) {
        byte[] places = new byte[column.length];
        for (int i = 0; i < places.length; i++) {
            if (!Float.isNaN(column[i])) {
                int at = Arrays.binarySearch(edges, column[i]);
                places[i] = (byte) (at >= 0 ? at + 2 : -at);
            }
        }
        return places;
    }
}
