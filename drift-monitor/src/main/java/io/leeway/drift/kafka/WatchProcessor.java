package io.leeway.drift.kafka;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.drift.Asks;
import io.leeway.drift.DriftMonitorConfig;
import io.leeway.drift.LoopWatch;
import io.leeway.drift.LoopWatch.Outcome;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Signal;
import io.leeway.drift.Surroundings;
import io.leeway.drift.WatchBoard;
import io.leeway.drift.WatchEvent;
import io.leeway.drift.WatchEvent.LoopSet;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchEvent.Ticked;
import io.leeway.drift.WatchMetrics;
import io.leeway.kit.kafka.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Holds the watches of one partition's loops: takes in events, keeps every change, sends what the watches have to tell.
 *
 * <p>What is known of loops and models comes from outside of the stream; a difference to what a watch knows is given to it as an
 * event of its own, and kept, so that a restored watch does not depend on what is known at that later time.
 */
final class WatchProcessor implements Processor<String, byte[], String, byte[]> {
    private static final String SOURCE = "drift-monitor";

    /** How often questions from outside are looked for. */
    private static final Duration ASKED = Duration.ofMillis(100);

    private final DriftMonitorConfig config;
    private final Surroundings surroundings;
    private final WatchBoard board;
    private final WatchMetrics metrics;
    private final Asks asks;
    private final Map<String, LoopWatch> watches = new TreeMap<>();
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<Bytes, byte[]> rows;
    private WatchStore store;

    /** Makes one processor, with its store, per partition. */
    record Supplier(
            DriftMonitorConfig config, Surroundings surroundings, WatchBoard board, WatchMetrics metrics, Asks asks)
            implements ProcessorSupplier<String, byte[], String, byte[]> {
        @Override
        public Processor<String, byte[], String, byte[]> get() {
            return new WatchProcessor(config, surroundings, board, metrics, asks);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(WatchTopology.NAME), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingDisabled());
        }
    }

    private WatchProcessor(
            DriftMonitorConfig config, Surroundings surroundings, WatchBoard board, WatchMetrics metrics, Asks asks) {
        this.config = config;
        this.surroundings = surroundings;
        this.board = board;
        this.metrics = metrics;
        this.asks = asks;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        this.context = processorContext;
        this.rows = context.getStateStore(WatchTopology.NAME);
        this.store = new WatchStore(rows, config.requestPatience());
        watches.clear();
        store.restoreAll().forEach(watch -> watches.put(watch.loop().name(), watch));
        context.schedule(config.tick(), PunctuationType.WALL_CLOCK_TIME, time -> tick());
        context.schedule(ASKED, PunctuationType.WALL_CLOCK_TIME, time -> answer());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        surroundings.await();
        String name = record.key();
        LoopWatch watch = current(name);
        if (watch == null) {
            metrics.unknownLoop();
            return;
        }
        take(name, watch, WatchEventJson.event(record.value()));
    }

    private void answer() {
        for (String name : List.copyOf(watches.keySet())) {
            for (Asks.Ask<?> ask : asks.take(name)) {
                LoopWatch watch = current(name);
                if (watch != null && ask.event() != null) {
                    take(name, watch, ask.event());
                }
                if (watch != null) {
                    ask.answer(watch, new StoredWindow(name, rows, surroundings), now());
                }
            }
        }
    }

    private void tick() {
        surroundings.await();
        for (String name : List.copyOf(watches.keySet())) {
            LoopWatch watch = current(name);
            if (watch != null) {
                take(name, watch, new Ticked());
                board.put(new WatchBoard.View(
                        watch.status(now()), watch.loop(), watch.sha256(), watch.windowRows(), watch.states()));
                metrics.watch(name, board);
            }
        }
    }

    /** The watch of a loop, told of changed settings and another model first; null where there is no such loop. */
    private LoopWatch current(String name) {
        Optional<Loop> known = surroundings.loop(name);
        LoopWatch watch = watches.get(name);
        if (known.isEmpty()) {
            if (watch != null) {
                forget(name);
            }
            return null;
        }
        Loop loop = known.get();
        if (watch != null && !watch.loop().createdAt().equals(loop.createdAt())) {
            forget(name); // Deleted and made again under the same name.
            watch = null;
        }
        if (watch == null) {
            watch = LoopWatch.of(loop, config.requestPatience());
            watches.put(name, watch);
            store.snapshot(name, watch);
        } else if (watch.loop().revision() != loop.revision()) {
            take(name, watch, new LoopSet(loop));
        }
        ServingModel serving = surroundings.serving(loop);
        if (watch.modelVersion() != serving.version() || !watch.sha256().equals(serving.sha256())) {
            take(name, watch, new ModelServes(serving.version(), serving.sha256()));
        }
        return watch;
    }

    private void take(String name, LoopWatch watch, WatchEvent event) {
        Instant now = now();
        Outcome outcome = watch.take(event, now, StoredWindow.writable(name, rows, surroundings));
        if (!(event instanceof Ticked) || outcome.snapshotDue()) {
            store.keep(name, watch, event, now, outcome.snapshotDue());
        }
        outcome.signals().forEach(signal -> send(name, signal, now));
    }

    private void send(String loop, Signal signal, Instant now) {
        metrics.told(signal);
        RecordHeaders headers = EventHeaders.of(signal.type(), signal.id(), SOURCE, now);
        context.forward(new Record<>(loop, Json.bytes(signal.event()), now.toEpochMilli(), headers));
    }

    private void forget(String name) {
        watches.remove(name);
        board.remove(name);
        store.forget(name);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    @Override
    public void close() {
        watches.keySet().forEach(board::remove);
        watches.clear();
    }
}
