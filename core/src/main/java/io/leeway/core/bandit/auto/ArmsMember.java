package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.Expert;
import io.leeway.core.bandit.expert.ForestExpert;
import io.leeway.core.bandit.expert.NetworkExpert;
import io.leeway.core.bandit.expert.PartExport;
import io.leeway.core.bandit.expert.Replay;
import io.leeway.core.bandit.expert.RidgeExpert;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.AutoLayout;
import java.util.List;
import java.util.Optional;

/** Experts that see the context and have an arm per action: kernel ridge, a network, trees. Not thread-safe. */
final class ArmsMember implements Member {
    private static final int RIDGE_FEATURES = 256;
    private static final int HIDDEN = 64;
    private static final double RATE = 0.01;

    private final Rows rows = new Rows(false);
    private final Expert[] experts = new Expert[3];
    private RidgeExpert ridge;
    private double[] row = {};
    private double[] rewards = {};

    ArmsMember() {
        begin();
    }

    private void begin() {
        ridge = new RidgeExpert(RIDGE_FEATURES, 1);
        experts[0] = ridge;
        experts[1] = new NetworkExpert(HIDDEN, RATE, 2);
        experts[2] = new ForestExpert(3);
    }

    boolean hasMoreFeaturesThanColumns() {
        return rows.isFull();
    }

    @Override
    public int size() {
        return experts.length;
    }

    @Override
    public void predict(Situation situation, int[] arms, int from, int to, double[][] predictions) {
        rows.write(situation.context(), SparseVector.EMPTY, "", row);
        for (int i = from; i < to; i++) {
            makeRoom(arms[i]);
        }
        for (int e = 0; e < experts.length; e++) {
            if (rewards.length > 0) {
                experts[e].predict(row, rewards);
            }
            for (int i = from; i < to; i++) {
                predictions[e][i] = arms[i] == Arms.UNKNOWN ? Double.NaN : rewards[arms[i]];
            }
        }
    }

    @Override
    public double deviation(int action, int arm) {
        return arm == Arms.UNKNOWN ? ridge.priorDeviation(row) : ridge.deviation(row, arm);
    }

    @Override
    public double largestDeviation(int action, int arm) {
        return arm == Arms.UNKNOWN ? ridge.priorDeviation(row) : ridge.largestDeviation(row, arm);
    }

    @Override
    public void learn(Situation situation, int action, int arm, double scaled, double probability) {
        boolean isNew = arm >= rewards.length;
        makeRoom(arm);
        for (Expert expert : experts) {
            if (isNew) {
                expert.predict(row, rewards); // Experts hear of new arms by being asked.
            }
            expert.learn(row, arm, scaled, probability);
        }
    }

    @Override
    public void refit(Memory memory, int fresh) {
        if (memory.changed()) {
            begin();
        }
        rows.refresh(memory.feedbacks(), fresh);
        row = new double[rows.width()];
        makeRoom(memory.arms() - 1);
        Replay replay = rows.replay(memory);
        for (Expert expert : experts) {
            expert.refit(replay);
        }
    }

    private void makeRoom(int arm) {
        if (arm >= rewards.length) {
            rewards = new double[arm + 1];
        }
    }

    @Override
    public List<String> names() {
        return List.of("kernel ridge per action", "network per action", "trees per action");
    }

    @Override
    public Optional<AutoLayout.View> view() {
        return Optional.of(rows.export());
    }

    @Override
    public PartExport export(int expert, int arms) {
        makeRoom(arms - 1);
        return experts[expert].export(arms);
    }

    @Override
    public void exchange(Memento state) {
        rows.exchange(state);
        for (Expert expert : experts) {
            expert.exchange(state);
        }
    }
}
