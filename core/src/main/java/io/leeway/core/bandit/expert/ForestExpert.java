package io.leeway.core.bandit.expert;

import java.util.SplittableRandom;

/**
 * Extremely randomised trees grown anew as feedbacks come: all of them at every {@link #refit}, one by one in between, as
 * often as a fixed number of rows looked at per feedback allows. Leaves learn every feedback at once. Deterministic given the seed,
 * not thread-safe.
 *
 * <p>Under {@link Head#ONE_WINNER} a failure is learnt as a success of another arm, drawn for each tree from what the trees
 * expect there (multiple imputation).
 *
 * @see "Geurts, Ernst and Wehenkel, Extremely Randomized Trees, Machine Learning 63, 2006"
 * @see "Rubin, Multiple Imputation for Nonresponse in Surveys, 1987"
 */
public final class ForestExpert implements Expert {
    private static final int TREES = 20;
    /** Rows looked at for growing trees, per feedback: about 50 microseconds. */
    private static final int WORK_PER_FEEDBACK = 10_000;
    /** Means kept at most, over all trees: 64 MiB with their weights. */
    private static final int MAXIMUM_CELLS = 8 << 20;

    private static final int SMALLEST_LEAF = 2;
    private static final int FEWEST_ROWS = 4;
    /** A failure counts as a success of an arm that the trees do not expect once in so many times. */
    private static final int SURPRISE = 50;

    private final Head head;
    private final SplittableRandom random;
    private final TreeGrower grower;
    private final Tree[] trees = new Tree[TREES];
    private Memory memory;
    private float[] row = {};
    private int[] labels = {};
    private int armCount;
    private int oldest;
    private double credit;

    public ForestExpert(Head head, long seed) {
        this.head = head;
        this.random = new SplittableRandom(seed);
        this.grower = new TreeGrower(head, SMALLEST_LEAF, random.split());
    }

    @Override
    public void predict(double[] columns, double[] rewards) {
        armCount = Math.max(armCount, rewards.length);
        float[] now = floats(columns);
        java.util.Arrays.fill(rewards, 0);
        for (Tree tree : trees) {
            int cell = tree == null ? 0 : tree.find(now);
            for (int a = 0; a < rewards.length; a++) {
                rewards[a] += tree == null || a >= tree.arms() ? unknown() : tree.mean(cell + a);
            }
        }
        for (int a = 0; a < rewards.length; a++) {
            rewards[a] /= TREES;
        }
    }

    private double unknown() {
        return head == Head.ONE_WINNER ? 1.0 / armCount : 0;
    }

    @Override
    public void learn(double[] columns, int arm, double reward, double probability) {
        armCount = Math.max(armCount, arm + 1);
        if (memory == null) {
            memory = new Memory(columns.length);
        }
        int place = memory.add(columns, arm, reward);
        for (Tree tree : trees) {
            if (tree != null && arm < tree.arms()) {
                learn(tree, place);
            }
        }
        credit = Math.min(credit + WORK_PER_FEEDBACK, 50.0 * WORK_PER_FEEDBACK);
        if (credit > 0 && memory.size() >= FEWEST_ROWS) {
            long before = grower.work();
            regrow(oldest, memory, trees, memory);
            oldest = (oldest + 1) % TREES;
            credit -= grower.work() - before;
        }
    }

    private void learn(Tree tree, int place) {
        int cell = tree.find(memory.row(place));
        if (head == Head.MEANS) {
            tree.add(cell + memory.arm(place), memory.reward(place));
            return;
        }
        int winner = winner(tree, cell, place, memory);
        for (int a = 0; a < tree.arms(); a++) {
            tree.add(cell + a, a == winner ? 1 : 0);
        }
    }

    @Override
    public void refit(Replay replay) {
        armCount = Math.max(armCount, replay.arms());
        Memory former = memory;
        memory = Memory.of(replay);
        if (memory.size() < FEWEST_ROWS) {
            return;
        }
        Tree[] formerTrees = trees.clone();
        for (int i = 0; i < TREES; i++) {
            regrow(i, memory, formerTrees, former == null ? memory : former);
        }
    }

    /** Grows tree {@code i}; unknown winners are drawn from former trees, which know the rows as they were standardised then. */
    private void regrow(int i, Memory rows, Tree[] formerTrees, Memory formerRows) {
        if (labels.length < rows.size()) {
            labels = new int[2 * rows.size()];
        }
        for (int age = 0; age < rows.size(); age++) {
            int place = rows.place(age);
            labels[place] = rows.arm(place);
            if (head == Head.ONE_WINNER && age < formerRows.size()) {
                int formerPlace = formerRows.place(age);
                Tree tree = formerTrees[random.nextInt(TREES)];
                int cell = tree == null || won(place, rows) ? 0 : tree.find(formerRows.row(formerPlace));
                labels[place] = winner(tree, cell, place, rows);
            }
        }
        trees[i] = grower.grow(rows, labels, armCount, MAXIMUM_CELLS / TREES / armCount);
    }

    private boolean won(int place, Memory rows) {
        return rows.reward(place) > 0.5;
    }

    /** The arm that won, or one drawn from what the leaf expects of the others. */
    private int winner(Tree tree, int cell, int place, Memory rows) {
        int taken = rows.arm(place);
        if (won(place, rows) || armCount == 1) {
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

    private float[] floats(double[] columns) {
        if (row.length != columns.length) {
            row = new float[columns.length];
        }
        Memory.toFloats(columns, row);
        return row;
    }
}
