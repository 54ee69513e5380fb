package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees whose leaves hold a mean per arm, in groves that suppose different things of rewards. Tensors for each grove {@code
 * groveN.columns}, {@code .cuts} and {@code .nexts} [nodes of all its trees], and {@code .means} [cells of all its trees]. Of a split,
 * next is the left child within its tree, with the right one after it; of a leaf (column -1) where its cells begin within the tree.
 */
final class ForestPart implements AutoPart {
    private final int width;
    private final int arms;
    private final List<Grove> groves = new ArrayList<>();

    ForestPart(JsonObject shape, String prefix, int width, int arms, Artifact artifact) {
        this.width = width;
        this.arms = arms;
        for (JsonObject grove : shape.objects("groves")) {
            groves.add(new Grove(grove, prefix + "grove" + groves.size() + ".", width, artifact));
        }
    }

    private static final class Grove {
        private final float share;
        private final float unknown;
        /** For each tree its arms, 0 for one that has not been grown; where its nodes and cells begin. */
        private final int[] arms;

        private final int[] firstNode;
        private final int[] firstCell;
        /** Of each node column, key of the cut, place of the left child, and cells: what one step reads lies together. */
        private final int[] nodes;

        private final float[] means;

        private Grove(JsonObject shape, String prefix, int width, Artifact artifact) {
            share = (float) shape.number("share");
            unknown = (float) shape.number("unknown");
            List<JsonObject> trees = shape.objects("trees");
            arms = new int[trees.size()];
            firstNode = new int[trees.size() + 1];
            firstCell = new int[trees.size() + 1];
            for (int t = 0; t < arms.length; t++) {
                arms[t] = Math.toIntExact(trees.get(t).integer("arms"));
                firstNode[t + 1] =
                        Math.addExact(firstNode[t], Math.toIntExact(trees.get(t).integer("nodes")));
                firstCell[t + 1] =
                        Math.addExact(firstCell[t], Math.toIntExact(trees.get(t).integer("cells")));
            }
            int count = firstNode[arms.length];
            float[] columns = AutoPart.values(artifact, prefix + "columns", count);
            float[] cuts = AutoPart.values(artifact, prefix + "cuts", count);
            float[] nexts = AutoPart.values(artifact, prefix + "nexts", count);
            nodes = new int[4 * count];
            for (int node = 0; node < count; node++) {
                nodes[4 * node] = (int) columns[node];
                nodes[4 * node + 1] = key(cuts[node]);
                nodes[4 * node + 2] = (int) nexts[node];
            }
            means = AutoPart.values(artifact, prefix + "means", firstCell[arms.length]);
            for (int t = 0; t < arms.length; t++) {
                requireSound(t, width, prefix);
                place(t);
            }
        }

        /** Makes places absolute, and a leaf lead to itself with its cells beside: then walks need not look whether they are over. */
        private void place(int tree) {
            for (int node = firstNode[tree]; node < firstNode[tree + 1]; node++) {
                int at = 4 * node;
                if (nodes[at] < 0) {
                    nodes[at] = 0;
                    nodes[at + 1] = Integer.MIN_VALUE;
                    nodes[at + 3] = firstCell[tree] + nodes[at + 2];
                    nodes[at + 2] = at - 4;
                } else {
                    nodes[at + 2] = 4 * (firstNode[tree] + nodes[at + 2]);
                }
            }
        }

        /** Every walk ends, within the tree. */
        private void requireSound(int tree, int width, String name) {
            int count = firstNode[tree + 1] - firstNode[tree];
            int cells = firstCell[tree + 1] - firstCell[tree];
            if (arms[tree] == 0 ? count != 0 || cells != 0 : count < 1 || arms[tree] < 0) {
                throw new InvalidArtifactException("must be a tree: " + name + tree);
            }
            for (int node = 0; node < count; node++) {
                int column = nodes[4 * (firstNode[tree] + node)];
                int next = nodes[4 * (firstNode[tree] + node) + 2];
                boolean sound = column < 0
                        ? next >= 0 && next + arms[tree] <= cells
                        : column < width && next > node && next + 1 < count;
                if (!sound) {
                    throw new InvalidArtifactException(
                            "must lead on: " + name + tree + " node=" + node + " column=" + column + " next=" + next);
                }
            }
        }

        private int find(int tree, int[] row) {
            int[] all = nodes;
            int at = 4 * firstNode[tree];
            int next = step(all, at, row);
            while (next != at) {
                at = next;
                next = step(all, at, row);
            }
            return all[at + 3];
        }

        /** Four at once: each waits for memory most of the time. Writes the cells into {@code found}. */
        private void find(int tree, int[][] rows, int from, int[] found) {
            int[] all = nodes;
            int[] rowA = rows[from];
            int[] rowB = rows[from + 1];
            int[] rowC = rows[from + 2];
            int[] rowD = rows[from + 3];
            int a = 4 * firstNode[tree];
            int b = a;
            int c = a;
            int d = a;
            int moved;
            do {
                int nextA = step(all, a, rowA);
                int nextB = step(all, b, rowB);
                int nextC = step(all, c, rowC);
                int nextD = step(all, d, rowD);
                moved = nextA ^ a | nextB ^ b | nextC ^ c | nextD ^ d;
                a = nextA;
                b = nextB;
                c = nextC;
                d = nextD;
            } while (moved != 0);
            found[from] = all[a + 3];
            found[from + 1] = all[b + 3];
            found[from + 2] = all[c + 3];
            found[from + 3] = all[d + 3];
        }

        /** Without a branch: nobody can guess where the next value lies. */
        private static int step(int[] all, int at, int[] row) {
            int below = (int) ((long) row[all[at]] - all[at + 1] >>> 63);
            return all[at + 2] + 4 - 4 * below;
        }
    }

    /** An integer that is larger where the number is larger. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0f); // -0 is 0
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    private static void keys(float[] row, int[] keys) {
        for (int i = 0; i < row.length; i++) {
            keys[i] = key(row[i]);
        }
    }

    @Override
    public Run run() {
        return new Run() {
            private int[][] keys = new int[1][Math.max(1, width)];
            private int[] cells = new int[1];

            @Override
            public void predict(float[] row, double[] rewards) {
                keys(row, keys[0]);
                for (int a = 0; a < arms; a++) {
                    rewards[a] = 0;
                }
                for (int g = 0; g < groves.size(); g++) {
                    add(groves.get(g), keys[0], rewards);
                }
            }

            /** Tree by tree: what one row has brought near, the next ones find there. */
            @Override
            public void predictEach(float[][] rows, int count, double[] reward, double[] rewards) {
                if (keys.length < count) {
                    keys = new int[2 * count][Math.max(1, width)];
                    cells = new int[2 * count];
                }
                for (int i = 0; i < count; i++) {
                    keys(rows[i], keys[i]);
                    rewards[i] = 0;
                }
                for (int g = 0; g < groves.size(); g++) {
                    Grove grove = groves.get(g);
                    float part = grove.share / grove.arms.length;
                    for (int t = 0; t < grove.arms.length; t++) {
                        if (grove.arms[t] == 0) {
                            for (int i = 0; i < count; i++) {
                                rewards[i] += part * grove.unknown;
                            }
                            continue;
                        }
                        int i = 0;
                        for (; i + 3 < count; i += 4) {
                            grove.find(t, keys, i, cells);
                        }
                        for (; i < count; i++) {
                            cells[i] = grove.find(t, keys[i]);
                        }
                        for (i = 0; i < count; i++) {
                            rewards[i] += part * grove.means[cells[i]];
                        }
                    }
                }
            }
        };
    }

    private void add(Grove grove, int[] row, double[] rewards) {
        float part = grove.share / grove.arms.length;
        for (int t = 0; t < grove.arms.length; t++) {
            int known = Math.min(arms, grove.arms[t]);
            int cell = known == 0 ? 0 : grove.find(t, row);
            for (int a = 0; a < known; a++) {
                rewards[a] += part * grove.means[cell + a];
            }
            for (int a = known; a < arms; a++) {
                rewards[a] += part * grove.unknown;
            }
        }
    }
}
