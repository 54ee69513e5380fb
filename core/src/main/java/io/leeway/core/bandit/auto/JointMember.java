package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.Expert;
import io.leeway.core.bandit.expert.ForestExpert;
import io.leeway.core.bandit.expert.Head;
import io.leeway.core.bandit.expert.NetworkExpert;
import io.leeway.core.bandit.expert.PartExport;
import io.leeway.core.bandit.expert.Replay;
import io.leeway.core.bandit.expert.RidgeExpert;
import io.leeway.core.features.Situation;
import io.leeway.core.model.AutoLayout;
import java.util.List;
import java.util.Optional;

/** Experts that see the context together with an action's features and id, and know about actions never taken. Not thread-safe. */
final class JointMember implements Member {
    private static final int RIDGE_FEATURES = 128;
    private static final int HIDDEN = 64;
    private static final double RATE = 0.01;
    /** Fewer than per arm: every action of a decision walks down all of them, and with 20 regret was the same within its error (docs/continuous-learning.md). */
    private static final int TREES = 12;

    private static final int ARM = 0;

    private final Rows rows = new Rows(true);
    private final Expert[] experts = new Expert[3];
    private final double[] reward = new double[1];
    private RidgeExpert ridge;
    private double[][] table = {};

    JointMember() {
        begin();
    }

    private void begin() {
        ridge = new RidgeExpert(RIDGE_FEATURES, 11);
        experts[0] = ridge;
        experts[1] = new NetworkExpert(HIDDEN, RATE, Head.MEANS, 12);
        experts[2] = new ForestExpert(Head.MEANS, TREES, 13);
    }

    @Override
    public int size() {
        return experts.length;
    }

    @Override
    public void predict(Situation situation, int[] arms, int from, int to, double[][] predictions) {
        describe(situation, from, to);
        for (int i = from; i < to; i++) {
            for (int e = 0; e < experts.length; e++) {
                experts[e].predict(table[i], reward);
                predictions[e][i] = reward[ARM];
            }
        }
    }

    @Override
    public double deviation(int action, int arm) {
        return ridge.deviation(table[action], ARM);
    }

    @Override
    public double largestDeviation(int action, int arm) {
        return ridge.largestDeviation(table[action], ARM);
    }

    @Override
    public void learn(Situation situation, int action, int arm, double scaled, double probability) {
        for (Expert expert : experts) {
            expert.learn(table[action], ARM, scaled, probability);
        }
    }

    @Override
    public void refit(Memory memory, int fresh) {
        if (memory.changed()) {
            begin();
        }
        rows.refresh(memory.feedbacks(), fresh);
        Replay replay = rows.replay(memory);
        for (Expert expert : experts) {
            expert.refit(replay);
        }
    }

    private void describe(Situation situation, int from, int to) {
        int width = rows.width();
        if (table.length < situation.size() || table[0].length != width) {
            table = new double[situation.size()][width];
        }
        for (int i = from; i < to; i++) {
            rows.write(situation.context(), situation.action(i), situation.actionId(i), table[i]);
        }
    }

    @Override
    public List<String> names() {
        return List.of("kernel ridge of action features", "network of action features", "trees of action features");
    }

    @Override
    public Optional<AutoLayout.View> view() {
        return Optional.of(rows.export());
    }

    @Override
    public PartExport export(int expert, int arms) {
        return experts[expert].export(1);
    }

    @Override
    public void exchange(Memento state) {
        rows.exchange(state);
        for (Expert expert : experts) {
            expert.exchange(state);
        }
    }
}
