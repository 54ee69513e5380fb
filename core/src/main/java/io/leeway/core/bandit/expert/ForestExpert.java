package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Extremely randomised trees grown anew as feedbacks come: all of them at every {@link #refit}, one by one in between, as
 * often as a fixed number of rows looked at per feedback allows. Leaves learn every feedback at once. Deterministic given the
 * seed, not thread-safe.
 *
 * <p>Under {@link Head#ONE_WINNER} a failure is learnt as a success of another arm, drawn for each tree from what the trees
 * expect there (multiple imputation). With both heads, the one that predicts better of late has most of the trees.
 *
 * @see "Geurts, Ernst and Wehenkel, Extremely Randomized Trees, Machine Learning 63, 2006"
 * @see "Rubin, Multiple Imputation for Nonresponse in Surveys, 1987"
 */
public final class ForestExpert implements Expert {
    private static final int TREES = 20;
    /** Trees of a head that predicts worse: enough to see when it becomes the better one. */
    private static final int FEW_TREES = 4;
    /** Rows looked at for growing trees, per feedback. */
    private static final int WORK_PER_FEEDBACK = 5_000;
    /** Feedbacks for which unused work is saved up. */
    private static final double SAVED = 50;
    /** Means kept at most per tree: with their weights 3 MiB. */
    private static final int MAXIMUM_CELLS = 400_000;

    private static final int FEWEST_ROWS = 4;

    private final int trees;
    private final Grove[] groves;
    private final HeadErrors errors;
    private Memory memory;
    private float[] row = {};
    private int armCount;
    private int turn;
    private double credit;

    /** A forest of twenty trees with both heads, weighed by how well they predict. */
    public ForestExpert(long seed) {
        this(TREES, seed, Head.values());
    }

    /** A forest with one head. */
    public ForestExpert(Head head, int trees, long seed) {
        this(trees, seed, head);
    }

    private ForestExpert(int trees, long seed, Head... heads) {
        this.trees = trees;
        SplittableRandom random = new SplittableRandom(seed);
        groves = Arrays.stream(heads)
                .map(head -> new Grove(head, trees, MAXIMUM_CELLS, random.split()))
                .toArray(Grove[]::new);
        errors = new HeadErrors(heads.length);
        keepTrees();
    }

    @Override
    public void predict(double[] columns, double[] rewards) {
        armCount = Math.max(armCount, rewards.length);
        if (row.length != columns.length) {
            row = new float[columns.length];
        }
        Memory.toFloats(columns, row);
        Arrays.fill(rewards, 0);
        for (int g = 0; g < groves.length; g++) {
            if (errors.share(g) > 0) {
                groves[g].addPredictions(row, errors.share(g), armCount, rewards);
            }
        }
    }

    @Override
    public void learn(double[] columns, int arm, double reward, double probability) {
        armCount = Math.max(armCount, arm + 1);
        if (memory == null) {
            memory = new Memory(columns.length);
        }
        int place = memory.add(columns, arm, reward);
        judge(place);
        for (Grove grove : groves) {
            grove.learn(memory, place, armCount);
        }
        credit = Math.min(credit + WORK_PER_FEEDBACK, SAVED * WORK_PER_FEEDBACK);
        if (credit > 0 && memory.size() >= FEWEST_ROWS) {
            turn = (turn + 1) % trees;
            Grove grove = groves[turn < FEW_TREES ? turn % groves.length : errors.best()];
            credit -= grove.regrowOldest(memory, armCount);
        }
    }

    private void judge(int place) {
        errors.begin();
        for (int g = 0; g < groves.length; g++) {
            double predicted = groves[g].predict(memory.row(place), memory.arm(place), armCount);
            errors.add(g, predicted - memory.reward(place));
        }
        errors.end();
    }

    @Override
    public void refit(Replay replay) {
        armCount = Math.max(armCount, replay.arms());
        Memory former = memory;
        memory = Memory.of(replay);
        if (memory.size() < FEWEST_ROWS) {
            return;
        }
        keepTrees();
        for (Grove grove : groves) {
            grove.regrowAll(memory, armCount, former == null ? memory : former);
        }
    }

    private void keepTrees() {
        for (int g = 0; g < groves.length; g++) {
            groves[g].keep(g == errors.best() ? trees - FEW_TREES * (groves.length - 1) : FEW_TREES);
        }
    }

    @Override
    public PartExport export(int served) {
        List<Tensor> tensors = new ArrayList<>();
        List<Object> shapes = new ArrayList<>();
        for (int g = 0; g < groves.length; g++) {
            if (errors.share(g) > 0) {
                String prefix = "grove" + shapes.size() + ".";
                shapes.add(groves[g].export(prefix, errors.share(g), Math.max(armCount, served), tensors));
            }
        }
        return new PartExport("forest", Map.of("groves", shapes), tensors);
    }

    /** A refit grows the trees anew. */
    @Override
    public void exchange(Memento state) {
        state.mark("forest-expert");
        errors.exchange(state);
        armCount = state.whole(armCount);
    }
}
