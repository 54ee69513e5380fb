package io.leeway.drift.kafka;

import io.leeway.core.drift.Profile;
import io.leeway.drift.Dataset;
import io.leeway.drift.InputWindow;
import io.leeway.drift.WatchEvent.Decided;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The window while a journal is replayed: its rows are in the store already, and no check is ever replayed. */
enum ReplayWindow implements InputWindow {
    INSTANCE;

    @Override
    public void put(int slot, Decided decided) {
        // It is there.
    }

    @Override
    public Optional<Decided> row(int slot) {
        throw replayed();
    }

    @Override
    public Profile reference(long modelVersion, String sha256) {
        throw replayed();
    }

    @Override
    public Optional<Function<Map<String, Object>, double[]>> scores(
            long modelVersion, String sha256, Collection<String> seen) {
        throw replayed();
    }

    @Override
    public Optional<Dataset> dataset(String name) {
        throw replayed();
    }

    @Override
    public List<Dataset> datasets() {
        throw replayed();
    }

    @Override
    public void keepDataset(String name, Dataset dataset) {
        throw replayed();
    }

    @Override
    public Optional<byte[]> phase(int phase) {
        throw replayed();
    }

    @Override
    public void keepPhase(int phase, byte[] known) {
        throw replayed();
    }

    private static IllegalStateException replayed() {
        return new IllegalStateException("a check of the inputs must be followed by a snapshot, never replayed");
    }
}
