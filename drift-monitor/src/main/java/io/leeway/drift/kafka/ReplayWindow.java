package io.leeway.drift.kafka;

import io.leeway.core.drift.Profile;
import io.leeway.drift.InputWindow;
import io.leeway.drift.WatchEvent.Decided;
import java.util.List;

/** The window while a journal is replayed: its rows are in the store already, and no check is ever replayed. */
enum ReplayWindow implements InputWindow {
    INSTANCE;

    @Override
    public void put(int slot, Decided decided) {
        // It is there.
    }

    @Override
    public List<Decided> rows(int rows) {
        throw new IllegalStateException("a check of the inputs must be followed by a snapshot, never replayed");
    }

    @Override
    public Profile reference(long modelVersion, String sha256) {
        throw new IllegalStateException("a check of the inputs must be followed by a snapshot, never replayed");
    }
}
