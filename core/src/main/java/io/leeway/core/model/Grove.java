package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.List;

/**
 * Trees that suppose the same of rewards, laid out to be walked down: a node is as small as can be, because walks wait for memory, and
 * what a leaf says stands in it. Immutable.
 *
 * <p>Of a split the lower half is the key of its cut less 1; the upper half is its column, and above that how many nodes further than the
 * next one its right child stands. The left child is the next node. A leaf has what it says in the lower half, and -1 in place of nodes
 * further: with a column whose key is above everything that leads to itself, so that walks need not look whether they are over.
 */
final class Grove {
    private static final int COLUMN_BITS = 13;
    private static final int COLUMN = (1 << COLUMN_BITS) - 1;
    private static final int MOST_NODES = 1 << Integer.SIZE - COLUMN_BITS - 1;
    private static final long LOWER_HALF = 0xffffffffL;

    private final float share;
    private final float unknown;
    private final boolean single;
    /** For each tree its arms, 0 for one that has not been grown. */
    private final int[] arms;

    private final int[] firstNode;
    private final int[] firstCell;
    private final long[] nodes;
    private final float[] means;

    /**
     * @param width of the columns
     * @param single whether there is one arm
     */
    Grove(JsonObject shape, String prefix, int width, boolean single, Artifact artifact) {
        share = (float) shape.number("share");
        unknown = (float) shape.number("unknown");
        this.single = single;
        List<JsonObject> trees = shape.objects("trees");
        arms = new int[trees.size()];
        firstNode = new int[trees.size() + 1];
        firstCell = new int[trees.size() + 1];
        for (int t = 0; t < arms.length; t++) {
            JsonObject tree = trees.get(t);
            arms[t] = Math.toIntExact(tree.integer("arms"));
            firstNode[t + 1] = Math.addExact(firstNode[t], Math.toIntExact(tree.integer("nodes")));
            firstCell[t + 1] = Math.addExact(firstCell[t], Math.toIntExact(tree.integer("cells")));
        }
        means = AutoPart.values(artifact, prefix + "means", firstCell[arms.length]);
        nodes = new long[firstNode[arms.length]];
        Drawing drawing = new Drawing(
                AutoPart.values(artifact, prefix + "columns", nodes.length),
                AutoPart.values(artifact, prefix + "cuts", nodes.length),
                AutoPart.values(artifact, prefix + "nexts", nodes.length));
        for (int t = 0; t < arms.length; t++) {
            requireSound(t, drawing, width, prefix);
            if (arms[t] > 0) {
                lay(t, drawing, width);
            }
        }
    }

    /** Nodes as the artifact has them. */
    private record Drawing(float[] columns, float[] cuts, float[] nexts) {}

    /** Puts each left subtree behind its split, and the right one behind that. */
    private void lay(int tree, Drawing drawing, int width) {
        int first = firstNode[tree];
        int[] open = new int[firstNode[tree + 1] - first];
        int[] parents = new int[open.length];
        int depth = 0;
        parents[depth] = -1;
        open[depth++] = first;
        for (int at = first; depth > 0; at++) {
            int from = open[--depth];
            if (parents[depth] >= 0) {
                nodes[parents[depth]] |= (long) (at - parents[depth] - 1) << Integer.SIZE + COLUMN_BITS;
            }
            int next = (int) drawing.nexts[from];
            if (drawing.columns[from] < 0) {
                nodes[at] = node(-1 << COLUMN_BITS | width, says(firstCell[tree] + next));
            } else {
                nodes[at] = node((int) drawing.columns[from], FloatOrder.key(drawing.cuts[from]) - 1);
                parents[depth] = at;
                open[depth++] = first + next + 1;
                parents[depth] = -1;
                open[depth++] = first + next;
            }
        }
    }

    private static long node(int upper, int lower) {
        return (long) upper << Integer.SIZE | lower & LOWER_HALF;
    }

    private int says(int cell) {
        return single ? FloatOrder.key(means[cell]) : cell;
    }

    /** Every walk ends, within the tree, and no node has two parents. */
    private void requireSound(int tree, Drawing drawing, int width, String name) {
        int count = firstNode[tree + 1] - firstNode[tree];
        int ends = firstCell[tree + 1] - firstCell[tree];
        boolean sized = arms[tree] == 0 ? count == 0 && ends == 0 : count >= 1 && arms[tree] > 0;
        if (!sized || count > MOST_NODES || width > COLUMN || firstCell[tree + 1] >= FloatOrder.ABOVE) {
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

    int trees() {
        return arms.length;
    }

    boolean isGrown(int tree) {
        return arms[tree] > 0;
    }

    /** Where walks down a tree begin. */
    int root(int tree) {
        return firstNode[tree];
    }

    /** What one tree counts. */
    float part() {
        return share / arms.length;
    }

    /**
     * What a tree's leaf says of an arm.
     *
     * @param says as {@link #says(long)} tells; anything of a tree that has not been grown
     */
    float mean(int tree, int says, int arm) {
        return arm >= arms[tree] ? unknown : single ? FloatOrder.value(says) : means[says + arm];
    }

    long node(int at) {
        return nodes[at];
    }

    static boolean isLeaf(long node) {
        return node < 0;
    }

    /** What a leaf says, to be read by {@link #mean}. */
    static int says(long leaf) {
        return (int) leaf;
    }

    /**
     * Goes some steps on in each of eight walks; over leaves nothing happens any more.
     *
     * @param keys of rows of columns, {@link FloatOrder#ABOVE} behind each
     * @param at where walks are: those from {@code lane} on are moved
     * @param row where the keys of each walk's row begin
     */
    void walk(int[] keys, int[] at, int[] row, int lane, int steps) {
        long[] all = nodes;
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
            a = step(all, a, keys, rowA);
            b = step(all, b, keys, rowB);
            c = step(all, c, keys, rowC);
            d = step(all, d, keys, rowD);
            e = step(all, e, keys, rowE);
            f = step(all, f, keys, rowF);
            g = step(all, g, keys, rowG);
            h = step(all, h, keys, rowH);
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
        int upper = (int) (node >>> Integer.SIZE);
        int notBelow = (int) node - keys[row + (upper & COLUMN)] >> Integer.SIZE - 1;
        return at + 1 + (notBelow & upper >> COLUMN_BITS);
    }
}
