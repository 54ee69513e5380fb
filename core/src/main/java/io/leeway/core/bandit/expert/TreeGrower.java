package io.leeway.core.bandit.expert;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Grows extremely randomised trees: at each node the best of a few random cuts through random columns. A cut is as good as the
 * squared error that the arms' means on its two sides leave is small. Not thread-safe.
 *
 * <p>A leaf's means are shrunk towards those of the node above it, so that an arm seldom taken there is still predicted.
 *
 * @see "Geurts, Ernst and Wehenkel, Extremely Randomized Trees, Machine Learning 63, 2006"
 */
final class TreeGrower {
    private static final int MAXIMUM_DEPTH = 40;
    /** Weight, in feedbacks, of the means of the node above. */
    private static final double PRIOR_WEIGHT = 0.25;

    private static final int DRAWS_PER_CUT = 4;

    private final Head head;
    private final int smallestLeaf;
    private final SplittableRandom random;
    private Memory memory;
    /** Places in memory, those of a node side by side, and what is known of each. */
    private int[] order = {};

    private int[] arms = {};
    private float[] rewards = {};
    private Tree tree;
    private int minimum;
    private int cutsPerNode;
    private Sides total;
    private Sides left;
    private int cutColumn;
    private float cut;
    private long work;

    TreeGrower(Head head, int smallestLeaf, SplittableRandom random) {
        this.head = head;
        this.smallestLeaf = smallestLeaf;
        this.random = random;
    }

    /** Rows looked at so far. */
    long work() {
        return work;
    }

    /**
     * @param labels by place in memory: under {@link Head#ONE_WINNER} the arm that won or may have, else the arm taken
     * @param leaves at most about so many
     */
    Tree grow(Memory memory, int[] labels, int armCount, int leaves) {
        this.memory = memory;
        int size = memory.size();
        if (order.length < size) {
            order = new int[2 * size];
            arms = new int[2 * size];
            rewards = new float[2 * size];
        }
        for (int i = 0; i < size; i++) {
            order[i] = i;
            arms[i] = labels[i];
            rewards[i] = head == Head.ONE_WINNER ? 1 : memory.reward(i);
        }
        tree = new Tree(armCount);
        minimum = Math.max(smallestLeaf, size / leaves);
        total = new Sides(armCount);
        left = new Sides(armCount);
        cutsPerNode = (int) Math.ceil(2 * Math.sqrt(memory.row(0).length));
        double[] none = new double[armCount];
        Arrays.fill(none, head == Head.ONE_WINNER ? 1.0 / armCount : 0);
        grow(tree.addNodes(1), 0, size, 0, none);
        return tree;
    }

    private void grow(int node, int from, int to, int depth, double[] above) {
        total.clear();
        for (int i = from; i < to; i++) {
            total.add(i);
        }
        work += to - from;
        double[] means = total.means(above);
        if (depth == MAXIMUM_DEPTH || to - from < 2 * minimum || !findCut(from, to)) {
            int cell = tree.leaf(node);
            for (int a = 0; a < means.length; a++) {
                tree.set(cell + a, means[a], PRIOR_WEIGHT + total.count(a));
            }
            return;
        }
        int middle = partition(from, to);
        int children = tree.addNodes(2);
        tree.split(node, cutColumn, cut, children);
        grow(children, from, middle, depth + 1, means);
        grow(children + 1, middle, to, depth + 1, means);
    }

    private boolean findCut(int from, int to) {
        double best = total.explained() * (1 + 1e-9) + 1e-12;
        boolean found = false;
        int tried = 0;
        for (int draw = 0; draw < DRAWS_PER_CUT * cutsPerNode && tried < cutsPerNode; draw++) {
            int column = random.nextInt(memory.row(0).length);
            float[] values = memory.column(column);
            float one = values[order[from + random.nextInt(to - from)]];
            float other = values[order[from + random.nextInt(to - from)]];
            if (one == other) {
                continue;
            }
            tried++;
            float low = Math.min(one, other);
            float high = Math.max(one, other);
            float candidate = low + (high - low) * (float) random.nextDouble();
            if (!(candidate > low)) {
                candidate = high;
            }
            double explained = explained(from, to, values, candidate);
            if (explained > best) {
                best = explained;
                cutColumn = column;
                cut = candidate;
                found = true;
            }
        }
        return found;
    }

    private double explained(int from, int to, float[] values, float candidate) {
        left.clear();
        for (int i = from; i < to; i++) {
            if (values[order[i]] < candidate) {
                left.add(i);
            }
        }
        work += to - from + left.sums.length / 4;
        if (left.rows < minimum || to - from - left.rows < minimum) {
            return Double.NEGATIVE_INFINITY;
        }
        return left.explained() + total.explainedWithout(left);
    }

    private int partition(int from, int to) {
        int low = from;
        int high = to - 1;
        float[] values = memory.column(cutColumn);
        while (low <= high) {
            if (values[order[low]] < cut) {
                low++;
            } else {
                swap(low, high);
                high--;
            }
        }
        return low;
    }

    private void swap(int one, int other) {
        int place = order[one];
        order[one] = order[other];
        order[other] = place;
        int arm = arms[one];
        arms[one] = arms[other];
        arms[other] = arm;
        float reward = rewards[one];
        rewards[one] = rewards[other];
        rewards[other] = reward;
    }

    /** Sums of rewards by arm over the rows of a side. */
    private final class Sides {
        private final double[] sums;
        private final double[] counts;
        private int rows;

        Sides(int armCount) {
            sums = new double[armCount];
            counts = new double[armCount];
        }

        void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
            rows = 0;
        }

        void add(int i) {
            int arm = arms[i];
            rows++;
            counts[arm]++;
            sums[arm] += rewards[i];
        }

        /** Feedbacks that tell about an arm: with one winner each of them does. */
        double count(int arm) {
            return head == Head.ONE_WINNER ? rows : counts[arm];
        }

        double[] means(double[] above) {
            double[] means = new double[sums.length];
            for (int a = 0; a < means.length; a++) {
                means[a] = (sums[a] + PRIOR_WEIGHT * above[a]) / (count(a) + PRIOR_WEIGHT);
            }
            return means;
        }

        double explained() {
            double explained = 0;
            for (int a = 0; a < sums.length; a++) {
                explained += explained(sums[a], count(a));
            }
            return explained;
        }

        double explainedWithout(Sides part) {
            double explained = 0;
            for (int a = 0; a < sums.length; a++) {
                explained += explained(sums[a] - part.sums[a], count(a) - part.count(a));
            }
            return explained;
        }

        private static double explained(double sum, double count) {
            return count > 0 ? sum * sum / count : 0;
        }
    }
}
