package io.leeway.core.bandit.expert;

import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The trees of a {@link ForestExpert} that suppose the same of rewards. Not thread-safe. */
final class Grove {
    private static final int SMALLEST_LEAF = 2;
    /** A failure counts as a success of an arm that the trees do not expect once in so many times. */
    private static final int SURPRISE = 50;

    private final Head head;
    private final int maximumCells;
    private final SplittableRandom random;
    private final TreeGrower grower;
    private final Tree[] trees;
    private int[] labels = {};
    private int active;
    private int oldest;

    /** @param maximumCells means kept at most per tree */
    Grove(Head head, int trees, int maximumCells, SplittableRandom random) {
        this.head = head;
        this.maximumCells = maximumCells;
        this.random = random;
        this.grower = new TreeGrower(head, SMALLEST_LEAF, random.split());
        this.trees = new Tree[trees];
        this.active = trees;
    }

    /** Sets how many trees are kept; the others are felled. */
    void keep(int count) {
        active = count;
        Arrays.fill(trees, count, trees.length, null);
    }

    /** Adds {@code share} of the predicted rewards of every arm. */
    void addPredictions(float[] row, float share, int armCount, double[] rewards) {
        float part = share / active;
        for (int i = 0; i < active; i++) {
            Tree tree = trees[i];
            int cell = tree == null ? 0 : tree.find(row);
            for (int a = 0; a < rewards.length; a++) {
                rewards[a] += part * (tree == null || a >= tree.arms() ? unknown(armCount) : tree.mean(cell + a));
            }
        }
    }

    double predict(float[] row, int arm, int armCount) {
        double sum = 0;
        for (int i = 0; i < active; i++) {
            Tree tree = trees[i];
            sum += tree == null || arm >= tree.arms() ? unknown(armCount) : tree.mean(tree.find(row) + arm);
        }
        return sum / active;
    }

    private double unknown(int armCount) {
        return head == Head.ONE_WINNER ? 1.0 / armCount : 0;
    }

    void learn(Memory memory, int place, int armCount) {
        int arm = memory.arm(place);
        for (int i = 0; i < active; i++) {
            Tree tree = trees[i];
            if (tree == null || arm >= tree.arms()) {
                continue;
            }
            int cell = tree.find(memory.row(place));
            if (head == Head.MEANS) {
                tree.add(cell + arm, memory.reward(place));
            } else {
                int winner = winner(tree, cell, memory, place, armCount);
                for (int a = 0; a < tree.arms(); a++) {
                    tree.add(cell + a, a == winner ? 1 : 0);
                }
            }
        }
    }

    /** Grows the oldest tree anew; returns the rows looked at. */
    long regrowOldest(Memory memory, int armCount) {
        oldest = (oldest + 1) % active;
        return regrow(oldest, memory, armCount, trees, memory);
    }

    /** Grows all trees anew from rows standardised anew; {@code former} are those rows as the trees knew them. */
    void regrowAll(Memory memory, int armCount, Memory former) {
        Tree[] formerTrees = trees.clone();
        for (int i = 0; i < active; i++) {
            regrow(i, memory, armCount, formerTrees, former);
        }
    }

    private long regrow(int i, Memory memory, int armCount, Tree[] formerTrees, Memory former) {
        long before = grower.work();
        if (labels.length < memory.size()) {
            labels = new int[2 * memory.size()];
        }
        for (int age = 0; age < memory.size(); age++) {
            int place = memory.place(age);
            labels[place] = memory.arm(place);
            if (head == Head.ONE_WINNER && !won(memory, place)) {
                Tree tree = age < former.size() ? formerTrees[random.nextInt(active)] : null;
                int cell = tree == null ? 0 : tree.find(former.row(former.place(age)));
                labels[place] = winner(tree, cell, memory, place, armCount);
            }
        }
        trees[i] = grower.grow(memory, labels, armCount, Math.max(1, maximumCells / armCount));
        return grower.work() - before;
    }

    private static boolean won(Memory memory, int place) {
        return memory.reward(place) > 0.5;
    }

    /** The arm that won, or one drawn from what the leaf expects of the others. */
    private int winner(Tree tree, int cell, Memory memory, int place, int armCount) {
        int taken = memory.arm(place);
        if (won(memory, place) || armCount == 1) {
            return taken;
        }
        float sum = 0;
        int known = tree == null ? 0 : tree.arms();
        for (int a = 0; a < known; a++) {
            sum += a == taken ? 0 : tree.mean(cell + a);
        }
        if (!(sum > 0) || random.nextInt(SURPRISE) == 0) {
            int other = random.nextInt(armCount - 1);
            return other < taken ? other : other + 1;
        }
        float left = sum * (float) random.nextDouble();
        int winner = taken;
        for (int a = 0; a < known && left >= 0; a++) {
            if (a != taken && tree.mean(cell + a) > 0) {
                winner = a;
                left -= tree.mean(cell + a);
            }
        }
        return winner;
    }

    /** Adds the tensors of its trees; returns their shape. */
    Map<String, Object> export(String prefix, float share, int armCount, List<Tensor> tensors) {
        int nodes = 0;
        int cells = 0;
        List<Object> shapes = new ArrayList<>();
        for (int i = 0; i < active; i++) {
            Tree tree = trees[i];
            nodes += tree == null ? 0 : tree.nodes();
            cells += tree == null ? 0 : tree.cells();
            shapes.add(Map.of(
                    "arms", tree == null ? 0L : (long) tree.arms(),
                    "nodes", tree == null ? 0L : (long) tree.nodes(),
                    "cells", tree == null ? 0L : (long) tree.cells()));
        }
        float[] columns = new float[nodes];
        float[] cuts = new float[nodes];
        float[] nexts = new float[nodes];
        float[] means = new float[cells];
        int node = 0;
        int cell = 0;
        for (int i = 0; i < active; i++) {
            if (trees[i] != null) {
                trees[i].write(columns, cuts, nexts, node, means, cell);
                node += trees[i].nodes();
                cell += trees[i].cells();
            }
        }
        tensors.add(Tensor.of(prefix + "columns", columns, nodes));
        tensors.add(Tensor.of(prefix + "cuts", cuts, nodes));
        tensors.add(Tensor.of(prefix + "nexts", nexts, nodes));
        tensors.add(Tensor.of(prefix + "means", means, cells));
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("share", (double) share);
        shape.put("unknown", unknown(armCount));
        shape.put("trees", shapes);
        return shape;
    }
}
