package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trees whose leaves hold a mean per arm, in groves that suppose different things of rewards. Tensors for each grove {@code
 * groveN.columns}, {@code .cuts} and {@code .nexts} [nodes of all its trees], and {@code .means} [cells of all its trees]. Of a split,
 * next is the left child within its tree, with the right one after it; of a leaf (column -1) where its cells begin within the tree.
 */
final class ForestPart implements AutoPart {
    private static final int COLUMN_BITS = 13;
    private static final int COLUMN = (1 << COLUMN_BITS) - 1;
    private static final int MOST_NODES = 1 << Integer.SIZE - COLUMN_BITS;
    private static final int SMALLEST = Float.floatToRawIntBits(0x1p-64f);
    private static final int HIGHEST_KEY = (1 << 30) - 1;
    /** Steps before walks are looked at for the first time: few trees are less deep; and then again and again. */
    private static final int FIRST_STEPS = 8;

    private static final int MORE_STEPS = 4;

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
        /**
         * Of each node the key of its cut, how many nodes on the right child stands, and its column: as little as can be, because walks
         * wait for memory. The left child is the next node. A leaf's cut is below everything, and 0 nodes on it leads to itself: then walks
         * need not look whether they are over.
         */
        private final long[] nodes;

        /** Of each leaf where its cells begin. */
        private final int[] cells;

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
            nodes = new long[count];
            cells = new int[count];
            means = AutoPart.values(artifact, prefix + "means", firstCell[arms.length]);
            Drawing drawing = new Drawing(
                    AutoPart.values(artifact, prefix + "columns", count),
                    AutoPart.values(artifact, prefix + "cuts", count),
                    AutoPart.values(artifact, prefix + "nexts", count));
            for (int t = 0; t < arms.length; t++) {
                requireSound(t, drawing, width, prefix);
                if (arms[t] > 0) {
                    place(t, drawing);
                }
            }
        }

        /** Nodes as the artifact has them. */
        private static final class Drawing {
            private final float[] columns;
            private final float[] cuts;
            private final float[] nexts;

            private Drawing(float[] columns, float[] cuts, float[] nexts) {
                this.columns = columns;
                this.cuts = cuts;
                this.nexts = nexts;
            }
        }

        /** Puts each left subtree behind its split, and the right one behind that. */
        private void place(int tree, Drawing drawing) {
            int first = firstNode[tree];
            int[] open = new int[firstNode[tree + 1] - first];
            int[] parents = new int[open.length];
            int depth = 0;
            parents[depth] = -1;
            open[depth++] = first;
            for (int at = first; depth > 0; at++) {
                int from = open[--depth];
                if (parents[depth] >= 0) {
                    nodes[parents[depth]] |= (long) (at - parents[depth]) << COLUMN_BITS;
                }
                int next = (int) drawing.nexts[from];
                if (drawing.columns[from] < 0) {
                    nodes[at] = (long) -HIGHEST_KEY << Integer.SIZE;
                    cells[at] = firstCell[tree] + next;
                } else {
                    nodes[at] = (long) key(drawing.cuts[from]) << Integer.SIZE | (int) drawing.columns[from];
                    parents[depth] = at;
                    open[depth++] = first + next + 1;
                    parents[depth] = -1;
                    open[depth++] = first + next;
                }
            }
        }

        /** Every walk ends, within the tree, and no node has two parents. */
        private void requireSound(int tree, Drawing drawing, int width, String name) {
            int count = firstNode[tree + 1] - firstNode[tree];
            int ends = firstCell[tree + 1] - firstCell[tree];
            boolean sized = arms[tree] == 0 ? count == 0 && ends == 0 : count >= 1 && arms[tree] > 0;
            if (!sized || count > MOST_NODES || width > 1 << COLUMN_BITS) {
                throw new InvalidArtifactException(
                        "must be a tree of at most " + MOST_NODES + " nodes: " + name + tree + " nodes=" + count);
            }
            boolean[] led = new boolean[count];
            for (int node = 0; node < count; node++) {
                float column = drawing.columns[firstNode[tree] + node];
                int next = (int) drawing.nexts[firstNode[tree] + node];
                boolean sound = column < 0
                        ? next >= 0 && next + arms[tree] <= ends
                        : column < width && next > node && next + 1 < count && !led[next] && !led[next + 1];
                if (!sound) {
                    throw new InvalidArtifactException(
                            "must lead on: " + name + tree + " node=" + node + " column=" + column + " next=" + next);
                }
                if (column >= 0) {
                    led[next] = true;
                    led[next + 1] = true;
                }
            }
        }
    }

    /**
     * An integer that is larger where the number is larger, and so small that differences do not overflow: numbers below 2^-64 count as 0,
     * those beyond 2^64 as alike.
     */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        int size = Math.max(0, Math.min(HIGHEST_KEY, (bits & Integer.MAX_VALUE) - SMALLEST));
        int sign = bits >> 31;
        return (size ^ sign) - sign;
    }

    private static void keys(float[] row, int[] keys, int offset) {
        for (int i = 0; i < row.length; i++) {
            keys[offset + i] = key(row[i]);
        }
    }

    @Override
    public Run run() {
        return new Walks();
    }

    /** Walks down the trees; reused. Tree by tree: what one row has brought near, the next ones find there. */
    private final class Walks implements Run {
        /** Walked at once: each waits for memory most of the time. */
        private static final int LANES = 8;

        private int[] keys = new int[Math.max(1, width)];
        /** Of each walk that goes on where it is, where its row's keys begin, and its number. */
        private int[] at = new int[LANES];

        private int[] row = new int[LANES];
        private int[] number = new int[LANES];
        /** Of each walk where the cells begin that it has come to. */
        private int[] cells = new int[LANES];

        @Override
        public void predict(float[] columns, double[] rewards) {
            keys(columns, keys, 0);
            Arrays.fill(rewards, 0, arms, 0);
            for (int g = 0; g < groves.size(); g++) {
                Grove grove = groves.get(g);
                find(grove, 1);
                float part = grove.share / grove.arms.length;
                for (int t = 0; t < grove.arms.length; t++) {
                    int known = Math.min(arms, grove.arms[t]);
                    int cell = cells[t];
                    for (int a = 0; a < known; a++) {
                        rewards[a] += part * grove.means[cell + a];
                    }
                    for (int a = known; a < arms; a++) {
                        rewards[a] += part * grove.unknown;
                    }
                }
            }
        }

        @Override
        public void predictEach(JointRows rows, int count, double[] rewards) {
            writeKeys(rows, count);
            Arrays.fill(rewards, 0, count, 0);
            for (int g = 0; g < groves.size(); g++) {
                Grove grove = groves.get(g);
                find(grove, count);
                float part = grove.share / grove.arms.length;
                for (int t = 0, lane = 0; t < grove.arms.length; t++) {
                    for (int i = 0; i < count; i++, lane++) {
                        rewards[i] += part * (grove.arms[t] == 0 ? grove.unknown : grove.means[cells[lane]]);
                    }
                }
            }
        }

        private void writeKeys(JointRows rows, int count) {
            if (keys.length < count * width) {
                keys = new int[2 * count * width];
            }
            keys(rows.row(0), keys, 0);
            for (int i = 1; i < count; i++) {
                keys(rows.row(i), keys, i * width);
            }
        }

        /** Walks every tree for each row, the rows of a tree side by side. */
        private void find(Grove grove, int count) {
            int walks = begin(grove, count);
            for (int steps = FIRST_STEPS; walks > 0; steps = MORE_STEPS) {
                for (int lane = walks; lane % LANES != 0; lane++) {
                    at[lane] = at[0];
                    row[lane] = row[0];
                }
                for (int lane = 0; lane < walks; lane += LANES) {
                    walk(grove.nodes, keys, at, row, lane, steps);
                }
                walks = unfinished(grove, walks);
            }
        }

        private int begin(Grove grove, int count) {
            int most = grove.arms.length * count + LANES;
            if (at.length < most) {
                at = new int[2 * most];
                row = new int[2 * most];
                number = new int[2 * most];
                cells = new int[2 * most];
            }
            int walks = 0;
            for (int t = 0; t < grove.arms.length; t++) {
                for (int i = 0; grove.arms[t] != 0 && i < count; i++) {
                    at[walks] = grove.firstNode[t];
                    row[walks] = i * width;
                    number[walks++] = t * count + i;
                }
            }
            return walks;
        }

        /** Notes the cells of those that are over, and moves the others together: without a branch that nobody can guess. */
        private int unfinished(Grove grove, int walks) {
            int left = 0;
            for (int lane = 0; lane < walks; lane++) {
                int place = at[lane];
                at[left] = place;
                row[left] = row[lane];
                number[left] = number[lane];
                cells[number[lane]] = grove.cells[place];
                left += (int) grove.nodes[place] >>> COLUMN_BITS == 0 ? 0 : 1;
            }
            return left;
        }
    }

    /** Goes some steps on in each of eight walks; over ends nothing happens any more. */
    private static void walk(long[] nodes, int[] keys, int[] at, int[] row, int lane, int steps) {
        int a = at[lane];
        int b = at[lane + 1];
        int c = at[lane + 2];
        int d = at[lane + 3];
        int e = at[lane + 4];
        int f = at[lane + 5];
        int g = at[lane + 6];
        int h = at[lane + 7];
        int rowA = row[lane];
        int rowB = row[lane + 1];
        int rowC = row[lane + 2];
        int rowD = row[lane + 3];
        int rowE = row[lane + 4];
        int rowF = row[lane + 5];
        int rowG = row[lane + 6];
        int rowH = row[lane + 7];
        for (int i = 0; i < steps; i++) {
            a = step(nodes, a, keys, rowA);
            b = step(nodes, b, keys, rowB);
            c = step(nodes, c, keys, rowC);
            d = step(nodes, d, keys, rowD);
            e = step(nodes, e, keys, rowE);
            f = step(nodes, f, keys, rowF);
            g = step(nodes, g, keys, rowG);
            h = step(nodes, h, keys, rowH);
        }
        at[lane] = a;
        at[lane + 1] = b;
        at[lane + 2] = c;
        at[lane + 3] = d;
        at[lane + 4] = e;
        at[lane + 5] = f;
        at[lane + 6] = g;
        at[lane + 7] = h;
    }

    /** Without a branch: nobody can guess where the next value lies. */
    private static int step(long[] nodes, int at, int[] keys, int row) {
        long node = nodes[at];
        int below = keys[row + ((int) node & COLUMN)] - (int) (node >> Integer.SIZE) >> 31;
        int right = (int) node >>> COLUMN_BITS;
        return at + right + (below & 1 - right);
    }
}
