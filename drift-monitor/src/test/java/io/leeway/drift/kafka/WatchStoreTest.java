package io.leeway.drift.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.InputWindow;
import io.leeway.drift.LoopWatch;
import io.leeway.drift.LoopWatch.Outcome;
import io.leeway.drift.Loops;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Signal;
import io.leeway.drift.Signal.DriftFound;
import io.leeway.drift.WatchEvent;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A watch that is restored after every so many events tells exactly what one tells that never stopped. */
class WatchStoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Everything that can be watched, by segments, too. */
    private static final DriftSettings SETTINGS = DriftSettings.builder()
            .windowRows(200)
            .coolDown(Duration.ofMinutes(1))
            .retrainsPerDay(24)
            .segment("country")
            .build();

    private final FixedSurroundings surroundings = new FixedSurroundings();

    private static KeyValueStore<Bytes, byte[]> store() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("watch"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static WatchEvent event(Random random, int i) {
        Instant time = Loops.BORN.plusSeconds(i);
        if (i == 0) {
            return new ModelServes(1, "sha");
        }
        if (i % 2 == 0) {
            double shift = i > 1500 && i < 3000 ? 2 : 0;
            double first = i > 3000 ? 0.9 : 0.6 + 0.05 * random.nextDouble();
            boolean best = random.nextDouble() < first;
            Chosen chosen = new Chosen(
                    best ? "a" : "b",
                    List.of("a", "b"),
                    2,
                    best ? first : 1 - first,
                    1 - first,
                    4 * first * (1 - first));
            return new Decided(time, 1, Map.of("age", random.nextGaussian() + shift), chosen, 0.7);
        }
        boolean bad = i > 2000 && i < 3500;
        double predicted = random.nextDouble();
        boolean matched = random.nextDouble() < (i > 4000 ? 0.2 : 0.8);
        return new Rewarded(
                time,
                1,
                random.nextDouble() < (bad ? 0.1 : predicted) ? 1 : 0,
                predicted,
                matched,
                matched ? random.nextDouble() : null,
                i % 3 == 0 ? "DE" : "FR");
    }

    private List<Signal> run(int restartEvery) {
        KeyValueStore<Bytes, byte[]> rows = store();
        WatchStore store = new WatchStore(rows, PATIENCE);
        InputWindow window = StoredWindow.writable("films", rows, surroundings);
        LoopWatch watch = LoopWatch.of(Loops.bandit("films", SETTINGS), PATIENCE);
        store.snapshot("films", watch);
        Random random = new Random(1000);
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            if (i % restartEvery == restartEvery - 1) {
                watch = store.restoreAll().get(0);
            }
            WatchEvent event = event(random, i);
            Instant now = Loops.BORN.plusSeconds(i);
            Outcome outcome = watch.take(event, now, window);
            store.keep("films", watch, event, now, outcome.snapshotDue());
            signals.addAll(outcome.signals());
        }
        return signals;
    }

    @Test
    void restartsDoNotChangeWhatIsTold() {
        ProfileLearner learner = new ProfileLearner();
        Random training = new Random(1);
        for (int i = 0; i < 2000; i++) {
            learner.observe("t" + i, Map.of("age", training.nextGaussian()));
        }
        surroundings.put(Loops.bandit("films", Loops.eager()));
        surroundings.serve("films", new ServingModel(1, "sha", learner.profile(), null));
        List<Signal> whole = run(Integer.MAX_VALUE);
        assertThat(whole.stream()
                        .filter(DriftFound.class::isInstance)
                        .map(signal -> ((DriftFound) signal).drift().kind()))
                .contains(DriftKind.QUALITY, DriftKind.INPUTS, DriftKind.REWARDS, DriftKind.ACTIONS);
        assertThat(whole.stream()
                        .filter(DriftFound.class::isInstance)
                        .map(signal -> ((DriftFound) signal).drift().segment()))
                .contains("country=DE", "country=FR");
        for (int every : new int[] {1, 7, 256, 100, 1001}) {
            assertThat(run(every)).as("restart every %d events", every).isEqualTo(whole);
        }
    }
}
