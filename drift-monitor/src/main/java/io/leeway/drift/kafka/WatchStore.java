package io.leeway.drift.kafka;

import io.leeway.drift.LoopWatch;
import io.leeway.drift.WatchEvent;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.kafka.WatchEventJson.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps watches so that they can be restored to the very event, at the cost of one small entry per event.
 *
 * <p>A snapshot (50 to 100 kilobytes, some more with segments) is written every {@link #JOURNAL_LENGTH} events and after every event that may not be replayed;
 * between snapshots each event is put in a journal. All of it is part of the transaction that moves the offsets, so store and
 * offsets never disagree. Per loop the store holds one snapshot, {@link #JOURNAL_LENGTH} entries of about 150 bytes, and as many
 * decisions as the window has rows, at most 200 kB each.
 */
final class WatchStore {
    static final int JOURNAL_LENGTH = 256;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Duration patience;

    WatchStore(KeyValueStore<Bytes, byte[]> store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Keeps a watch that has just taken in an event. */
    void keep(String loop, LoopWatch watch, WatchEvent event, Instant now, boolean snapshotDue) {
        if (snapshotDue || watch.events() % JOURNAL_LENGTH == 0) {
            snapshot(loop, watch);
            return;
        }
        store.put(
                WatchKeys.JOURNAL.of(loop, (int) (watch.events() % JOURNAL_LENGTH)),
                WatchEventJson.bytes(new Entry(watch.events(), now, light(event))));
    }

    void snapshot(String loop, LoopWatch watch) {
        store.put(WatchKeys.SNAPSHOT.of(loop, 0), watch.snapshot());
    }

    /** A row lies in its slot already; the journal only needs to know that there was one. */
    private static WatchEvent light(WatchEvent event) {
        return event instanceof Decided decided ? decided.light() : event;
    }

    /** All loops that are kept here, each with its watch as it was after the last event. */
    List<LoopWatch> restoreAll() {
        List<LoopWatch> watches = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> snapshots =
                store.range(WatchKeys.SNAPSHOT.first(), WatchKeys.SNAPSHOT.last())) {
            while (snapshots.hasNext()) {
                KeyValue<Bytes, byte[]> entry = snapshots.next();
                watches.add(restore(WatchKeys.loop(entry.key), entry.value));
            }
        }
        return watches;
    }

    private LoopWatch restore(String loop, byte[] snapshot) {
        LoopWatch watch = LoopWatch.restore(snapshot, patience);
        for (Entry next = journal(loop, watch); next != null; next = journal(loop, watch)) {
            watch.take(next.event(), next.now(), ReplayWindow.INSTANCE);
        }
        return watch;
    }

    /** The entry after the last event of the watch; null at the end of the journal, where older entries lie. */
    private Entry journal(String loop, LoopWatch watch) {
        long number = watch.events() + 1;
        byte[] bytes = store.get(WatchKeys.JOURNAL.of(loop, (int) (number % JOURNAL_LENGTH)));
        if (bytes == null) {
            return null;
        }
        Entry entry = WatchEventJson.entry(bytes);
        return entry.number() == number ? entry : null;
    }

    void forget(String loop) {
        for (WatchKeys kind : WatchKeys.values()) {
            List<Bytes> keys = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> kept = store.range(kind.first(loop), kind.last(loop))) {
                kept.forEachRemaining(entry -> keys.add(entry.key));
            }
            keys.forEach(store::delete);
        }
    }
}
