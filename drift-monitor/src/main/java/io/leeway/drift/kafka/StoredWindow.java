package io.leeway.drift.kafka;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.RowTable;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import io.leeway.drift.Dataset;
import io.leeway.drift.InputWindow;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Surroundings;
import io.leeway.drift.WatchEvent.Decided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The window of one loop in the store. */
class StoredWindow implements InputWindow {
    /** Actions that a row is scored for at the most. */
    private static final int MOST_ACTIONS = 50;

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
        return serving(modelVersion, sha256).profile();
    }

    private ServingModel serving(long modelVersion, String sha256) {
        ServingModel serving =
                surroundings.loop(loop).map(surroundings::serving).orElse(ServingModel.NONE);
        boolean same = serving.version() == modelVersion && serving.sha256().equals(sha256);
        return same ? serving : ServingModel.NONE;
    }

    @Override
    public Optional<Function<Map<String, Object>, double[]>> scores(
            long modelVersion, String sha256, Collection<String> seen) {
        Scorer scorer = serving(modelVersion, sha256).scorer();
        Optional<LoopSettings> settings = surroundings.loop(loop).map(Loop::settings);
        if (scorer == null || settings.isEmpty()) {
            return Optional.empty();
        }
        if (settings.get().kind() == LoopKind.REGRESSION) {
            return Optional.of(row -> new double[] {scorer.predict(RowTable.nested(row))});
        }
        List<Action> actions = actions(settings.get(), seen);
        return actions.isEmpty() ? Optional.empty() : Optional.of(row -> scorer.score(RowTable.nested(row), actions));
    }

    private static List<Action> actions(LoopSettings settings, Collection<String> seen) {
        Stream<Action> all = settings.actions().isEmpty()
                ? seen.stream().sorted().map(Action::of)
                : settings.actions().stream().map(action -> new Action(action.id(), action.features()));
        return all.limit(MOST_ACTIONS).toList();
    }
}
