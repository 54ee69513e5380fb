package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.expert.Replay;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.AutoLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns feedbacks and situations into standardised columns: of the context, or of the context, the action's features and the
 * action's id. Not thread-safe.
 */
final class Rows {
    private static final int ACTION = 0x616374;
    /** Rows that standardisation looks at. */
    private static final int SAMPLE = 1024;

    private final boolean joint;
    private final ColumnMap columns = new ColumnMap();
    private final Standardisation standardisation = new Standardisation();
    private double[] raw = {};

    /** @param joint with the action */
    Rows(boolean joint) {
        this.joint = joint;
    }

    int width() {
        return standardisation.width();
    }

    boolean isFull() {
        return columns.isFull();
    }

    /** Writes the standardised columns. */
    void write(SparseVector context, SparseVector action, String actionId, double[] into) {
        fill(context, action, actionId);
        standardisation.apply(raw, into);
    }

    /**
     * Gives columns to new features of the latest {@code fresh} feedbacks, and standardises by what is
     * remembered.
     */
    void refresh(Feedbacks feedbacks, int fresh) {
        int first = Math.max(0, feedbacks.size() - fresh);
        for (int i = first; i < feedbacks.size(); i++) {
            Feedback feedback = feedbacks.get(i);
            columns.claim(feedback.context(), 0);
            if (joint) {
                columns.claim(feedback.action(), ACTION);
            }
        }
        for (int i = first; joint && i < feedbacks.size(); i++) {
            columns.claim(id(feedbacks.get(i).actionId()), 0); // Ids come last: features generalise.
        }
        int width = columns.width();
        raw = new double[width];
        int count = Math.min(SAMPLE, feedbacks.size());
        double[][] sample = new double[count][];
        for (int i = 0; i < count; i++) {
            Feedback feedback = feedbacks.get((int) ((i + 1L) * feedbacks.size() / count) - 1);
            fill(feedback.context(), feedback.action(), feedback.actionId());
            sample[i] = raw.clone();
        }
        standardisation.refresh(sample, width);
    }

    private void fill(SparseVector context, SparseVector action, String actionId) {
        columns.clear(raw);
        columns.write(context, 0, raw);
        if (joint) {
            columns.write(action, ACTION, raw);
            columns.write(id(actionId), 1, raw);
        }
    }

    private static int id(String actionId) {
        return actionId.hashCode() * 31 + ACTION;
    }

    /** The feedbacks as experts see them. */
    Replay replay(Memory memory) {
        return new Replay() {
            @Override
            public int size() {
                return memory.feedbacks().size();
            }

            @Override
            public int arms() {
                return joint ? 1 : memory.arms();
            }

            @Override
            public int width() {
                return Rows.this.width();
            }

            @Override
            public void columns(int i, double[] into) {
                Feedback feedback = memory.feedbacks().get(i);
                write(feedback.context(), feedback.action(), feedback.actionId(), into);
            }

            @Override
            public int arm(int i) {
                return joint ? 0 : memory.feedbacks().get(i).arm();
            }

            @Override
            public double reward(int i) {
                return memory.scale().scale(memory.feedbacks().get(i).reward());
            }

            @Override
            public double probability(int i) {
                return memory.feedbacks().get(i).probability();
            }
        };
    }

    /** As it is served; a feature that came since the last refresh is not in it. */
    AutoLayout.View export() {
        List<Integer> keys = columns.keys();
        return new AutoLayout.View(
                joint,
                keys,
                IntStream.range(0, keys.size()).mapToObj(columns::isNumber).toList(),
                columns.shared(),
                standardisation.centres(),
                standardisation.rates());
    }

    void exchange(Memento state) {
        columns.exchange(state);
    }
}
