package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;

/** Growing intervals: what is done at milestones costs little per step, however long the stream. Not thread-safe. */
final class Milestones {
    private final double growth;
    private long count;
    private double due = 2;

    Milestones(double growth) {
        this.growth = growth;
    }

    /** Counts a step; true if it is a milestone. */
    boolean step() {
        if (++count < due) {
            return false;
        }
        due = Math.max(count + 1, count * growth);
        return true;
    }

    void exchange(Memento state) {
        count = state.count(count);
        due = state.number(due);
    }
}
