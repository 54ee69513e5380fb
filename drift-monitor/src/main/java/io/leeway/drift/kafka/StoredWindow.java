package io.leeway.drift.kafka;

import io.leeway.contracts.Loop;
import io.leeway.core.drift.Profile;
import io.leeway.drift.Dataset;
import io.leeway.drift.InputWindow;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Surroundings;
import io.leeway.drift.WatchEvent.Decided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The window of one loop in the store. */
class StoredWindow implements InputWindow {
    private final String loop;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final Surroundings surroundings;

    StoredWindow(String loop, ReadOnlyKeyValueStore<Bytes, byte[]> store, Surroundings surroundings) {
        this.loop = loop;
        this.store = store;
        this.surroundings = surroundings;
    }

    /** A window that can also be written. */
    static StoredWindow writable(String loop, KeyValueStore<Bytes, byte[]> store, Surroundings surroundings) {
        return new StoredWindow(loop, store, surroundings) {
            @Override
            public void put(int slot, Decided decided) {
                store.put(WatchKeys.ROW.of(loop, slot), WatchEventJson.bytes(decided.rowOnly()));
            }

            @Override
            public void keepPhase(int phase, byte[] known) {
                store.put(WatchKeys.PHASE.of(loop, phase), known);
            }

            @Override
            public void keepDataset(String name, Dataset dataset) {
                store.put(WatchKeys.DATASET.of(loop, name.hashCode()), dataset == null ? null : dataset.toBytes());
            }
        };
    }

    @Override
    public void put(int slot, Decided decided) {
        throw new UnsupportedOperationException("is for reading only");
    }

    @Override
    public void keepPhase(int phase, byte[] known) {
        throw new UnsupportedOperationException("is for reading only");
    }

    @Override
    public Optional<Decided> row(int slot) {
        return Optional.ofNullable(store.get(WatchKeys.ROW.of(loop, slot)))
                .map(bytes -> (Decided) WatchEventJson.event(bytes));
    }

    @Override
    public Optional<byte[]> phase(int phase) {
        return Optional.ofNullable(store.get(WatchKeys.PHASE.of(loop, phase)));
    }

    @Override
    public Optional<Dataset> dataset(String name) {
        return Optional.ofNullable(store.get(WatchKeys.DATASET.of(loop, name.hashCode())))
                .map(Dataset::read)
                .filter(dataset -> dataset.name().equals(name));
    }

    @Override
    public List<Dataset> datasets() {
        List<Dataset> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> kept =
                store.range(WatchKeys.DATASET.first(loop), WatchKeys.DATASET.last(loop))) {
            kept.forEachRemaining(entry -> all.add(Dataset.read(entry.value)));
        }
        all.sort(Comparator.comparing(Dataset::name));
        return all;
    }

    @Override
    public void keepDataset(String name, Dataset dataset) {
        throw new UnsupportedOperationException("is for reading only");
    }

    @Override
    public Profile reference(long modelVersion, String sha256) {
        Optional<Loop> known = surroundings.loop(loop);
        if (known.isEmpty()) {
            return Profile.EMPTY;
        }
        ServingModel serving = surroundings.serving(known.get());
        boolean same = serving.version() == modelVersion && serving.sha256().equals(sha256);
        return same ? serving.profile() : Profile.EMPTY;
    }
}
