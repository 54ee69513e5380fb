package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.expert.Expert;
import io.leeway.core.bandit.expert.ForestExpert;
import io.leeway.core.bandit.expert.Head;
import io.leeway.core.bandit.expert.NetworkExpert;
import io.leeway.core.bandit.expert.Replay;
import io.leeway.core.bandit.expert.RidgeExpert;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;

/**
 * Experts that see the context and have an arm per action: kernel ridge, two networks, of which one supposes that one arm
 * wins and the other does not, and trees that suppose what has worked better for the networks. Not thread-safe.
 */
final class ArmsMember implements Member {
    private static final int RIDGE_FEATURES = 256;
    private static final int HIDDEN = 64;
    private static final double RATE = 0.01;
    private static final double FADING = 0.999;

    private static final int RIDGE = 0;
    private static final int ONE_WINNER = 1;
    private static final int MEANS = 2;
    private static final int FOREST = 3;

    private final Rows rows = new Rows(false);
    private final Expert[] experts = new Expert[4];
    private final double[] twinErrors = new double[2];
    private RidgeExpert ridge;
    private Head head = Head.ONE_WINNER;
    private double[] row = {};
    private double[] rewards = {};

    ArmsMember() {
        begin();
    }

    private void begin() {
        ridge = new RidgeExpert(RIDGE_FEATURES, 1);
        experts[RIDGE] = ridge;
        experts[ONE_WINNER] = new NetworkExpert(HIDDEN, RATE, Head.ONE_WINNER, 2);
        experts[MEANS] = new NetworkExpert(HIDDEN, RATE, Head.MEANS, 3);
        experts[FOREST] = new ForestExpert(head, 4);
    }

    boolean hasMoreFeaturesThanColumns() {
        return rows.isFull();
    }

    @Override
    public int size() {
        return experts.length;
    }

    @Override
    public void predict(Situation situation, int[] arms, double[][] predictions) {
        rows.write(situation.context(), SparseVector.EMPTY, "", row);
        for (int i = 0; i < situation.size(); i++) {
            makeRoom(arms[i]);
        }
        for (int e = 0; e < experts.length; e++) {
            if (rewards.length > 0) {
                experts[e].predict(row, rewards);
            }
            for (int i = 0; i < situation.size(); i++) {
                predictions[e][i] = arms[i] == Arms.UNKNOWN ? Double.NaN : rewards[arms[i]];
            }
        }
    }

    private void makeRoom(int arm) {
        if (arm >= rewards.length) {
            rewards = new double[arm + 1];
        }
    }

    @Override
    public double deviation(int action, int arm) {
        return arm == Arms.UNKNOWN ? ridge.priorDeviation(row) : ridge.deviation(row, arm);
    }

    @Override
    public double largestDeviation(Situation situation) {
        return ridge.priorDeviation(row);
    }

    @Override
    public void learn(
            Situation situation, int action, int arm, double scaled, double probability, double[] predictions) {
        rows.write(situation.context(), SparseVector.EMPTY, "", row);
        boolean isNew = arm >= rewards.length;
        makeRoom(arm);
        for (Expert expert : experts) {
            if (isNew) {
                expert.predict(row, rewards); // Experts learn about new arms by being asked.
            }
            expert.learn(row, arm, scaled, probability);
        }
        for (int twin = 0; twin < 2; twin++) {
            double error = predictions[ONE_WINNER + twin] - scaled;
            if (!Double.isNaN(error)) {
                twinErrors[twin] = FADING * twinErrors[twin] + error * error;
            }
        }
    }

    @Override
    public void refit(Memory memory, int fresh) {
        rows.refresh(memory.feedbacks(), fresh);
        row = new double[rows.width()];
        makeRoom(memory.arms() - 1);
        Head better = memory.scale().isTwoValued() && twinErrors[0] <= twinErrors[1] ? Head.ONE_WINNER : Head.MEANS;
        if (memory.changed()) {
            head = better;
            begin();
        } else if (better != head) {
            head = better;
            experts[FOREST] = new ForestExpert(head, 4);
        }
        Replay replay = rows.replay(memory);
        for (Expert expert : experts) {
            expert.refit(replay);
        }
    }
}
