package io.leeway.core.bandit.expert;

import java.util.Arrays;

/** A binary tree whose leaves hold a mean reward per arm and the weight behind it. Not thread-safe. */
final class Tree {
    private static final int LEAF = -1;

    private final int arms;
    private int[] columns = new int[64];
    private float[] cuts = new float[64];
    /** The left child, the right one follows it; of a leaf the offset of its cells. */
    private int[] nexts = new int[64];

    private float[] means;
    private float[] weights;
    private int nodes;
    private int cells;

    Tree(int arms) {
        this.arms = arms;
        this.means = new float[32 * arms];
        this.weights = new float[32 * arms];
    }

    int arms() {
        return arms;
    }

    /** Adds a pair of nodes, to become what {@link #leaf} or {@link #split} make of them; returns the first. */
    int addNodes(int count) {
        if (nodes + count > columns.length) {
            columns = Arrays.copyOf(columns, 2 * nodes);
            cuts = Arrays.copyOf(cuts, 2 * nodes);
            nexts = Arrays.copyOf(nexts, 2 * nodes);
        }
        int node = nodes;
        nodes += count;
        return node;
    }

    /** Rows whose column is below the cut go to the left child, the others to the node after it. */
    void split(int node, int column, float cut, int left) {
        columns[node] = column;
        cuts[node] = cut;
        nexts[node] = left;
    }

    /** Makes the node a leaf; its cells are to be filled by {@link #set}. Returns their offset. */
    int leaf(int node) {
        if (cells + arms > means.length) {
            means = Arrays.copyOf(means, 2 * means.length);
            weights = Arrays.copyOf(weights, 2 * weights.length);
        }
        columns[node] = LEAF;
        nexts[node] = cells;
        cells += arms;
        return nexts[node];
    }

    /** The offset of the cells of the leaf where a row falls; columns that the row lacks are 0. */
    int find(float[] row) {
        int node = 0;
        while (columns[node] != LEAF) {
            int column = columns[node];
            float value = column < row.length ? row[column] : 0;
            node = value < cuts[node] ? nexts[node] : nexts[node] + 1;
        }
        return nexts[node];
    }

    float mean(int cell) {
        return means[cell];
    }

    void set(int cell, double mean, double weight) {
        means[cell] = (float) mean;
        weights[cell] = (float) weight;
    }

    /** Takes one more reward into the mean of a cell. */
    void add(int cell, float reward) {
        weights[cell]++;
        means[cell] += (reward - means[cell]) / weights[cell];
    }

    int nodes() {
        return nodes;
    }

    int cells() {
        return cells;
    }

    /** Writes the nodes, places as floats, and the means of the cells. */
    void write(float[] intoColumns, float[] intoCuts, float[] intoNexts, int node, float[] intoMeans, int cell) {
        for (int i = 0; i < nodes; i++) {
            intoColumns[node + i] = columns[i];
            intoCuts[node + i] = columns[i] == LEAF ? 0 : cuts[i];
            intoNexts[node + i] = nexts[i];
        }
        System.arraycopy(means, 0, intoMeans, cell, cells);
    }
}
