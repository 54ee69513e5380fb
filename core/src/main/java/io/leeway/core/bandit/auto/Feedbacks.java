package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import java.util.ArrayList;
import java.util.List;

/** The latest feedbacks, oldest first, bounded in number and in the entries of their vectors. Not thread-safe. */
final class Feedbacks {
    private static final int MAXIMUM = 20_000;
    private static final long MAXIMUM_ENTRIES = 4 << 20;

    private final List<Feedback> ring = new ArrayList<>();
    private int oldest;
    private long entries;

    int size() {
        return ring.size() - oldest;
    }

    /** Whether no more are kept than there are. */
    boolean isFull() {
        return size() == MAXIMUM;
    }

    Feedback get(int i) {
        return ring.get(oldest + i);
    }

    void add(Feedback feedback) {
        ring.add(feedback);
        entries += feedback.entries();
        while (size() > MAXIMUM || (entries > MAXIMUM_ENTRIES && size() > 1)) {
            drop();
        }
        compact();
    }

    /** Forgets all but the latest. */
    void keepLatest(int count) {
        while (size() > Math.max(1, count)) {
            drop();
        }
        compact();
    }

    private void drop() {
        entries -= ring.get(oldest).entries();
        ring.set(oldest++, null);
    }

    /** Moves what is left to the front when half of the list is empty: O(1) per feedback on average. */
    private void compact() {
        if (oldest > 64 && 2 * oldest > ring.size()) {
            ring.subList(0, oldest).clear();
            oldest = 0;
        }
    }

    void exchange(Memento state) {
        int count = state.length(size());
        for (int i = 0; i < count; i++) {
            Feedback each = state.reads() ? null : get(i);
            SparseVector context = SparseVectors.exchange(state, each == null ? null : each.context());
            SparseVector action = SparseVectors.exchange(state, each == null ? null : each.action());
            String id = state.text(each == null ? null : each.actionId());
            int arm = state.whole(each == null ? 0 : each.arm());
            double reward = state.number(each == null ? 0 : each.reward());
            double probability = state.number(each == null ? 0 : each.probability());
            if (each == null) {
                add(new Feedback(context, action, id, arm, reward, probability));
            }
        }
    }
}
