package io.leeway.feedback.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which keys are due when, in a store that is ordered by time: finding what is due costs what is due, not what is held. Not
 * thread safe.
 *
 * <p>The store's keys are the time in milliseconds since 1970 (8 bytes, big endian, not negative) and then the key.
 */
final class DueQueue {
    private static final byte[] PRESENT = {1};
    private static final Bytes LAST = bytes(Long.MAX_VALUE, "");

    private final KeyValueStore<Bytes, byte[]> store;

    /** Nothing is due before this; saves stepping over what has been deleted since the last compaction. */
    private long nothingBefore;

    DueQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** One entry of the queue. */
    record Due(long millis, String key) {}

    /** Moves {@code key} from one time to another. {@link Instant#MAX} stands for not being due at all. */
    void move(String key, Instant from, Instant to) {
        long fromMillis = millis(from);
        long toMillis = millis(to);
        if (fromMillis == toMillis) {
            return;
        }
        if (fromMillis != Long.MAX_VALUE) {
            store.delete(bytes(fromMillis, key));
        }
        if (toMillis != Long.MAX_VALUE) {
            store.put(bytes(toMillis, key), PRESENT);
            nothingBefore = Math.min(nothingBefore, toMillis);
        }
    }

    /** What is due by {@code until}, the earliest first; it stays in the queue. */
    List<Due> due(Instant until, int most) {
        List<Due> due = new ArrayList<>();
        if (until.isBefore(Instant.ofEpochMilli(nothingBefore))) {
            return due;
        }
        long untilMillis = until.toEpochMilli();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bytes(nothingBefore, ""), LAST)) {
            while (entries.hasNext() && due.size() < most) {
                Due next = read(entries.next().key.get());
                if (next.millis() > untilMillis) {
                    // What is due now leaves the queue; until this time the store need not be asked again.
                    nothingBefore = due.isEmpty() ? next.millis() : nothingBefore;
                    break;
                }
                due.add(next);
            }
        }
        return due;
    }

    /** Takes out the earliest entry. */
    void remove(Due earliest) {
        store.delete(bytes(earliest.millis(), earliest.key()));
        nothingBefore = Math.max(nothingBefore, earliest.millis());
    }

    private static long millis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        try {
            // Up to the next millisecond, so that nothing is due early.
            return Math.addExact(time.minusNanos(1).toEpochMilli(), 1);
        } catch (ArithmeticException endOfTime) {
            return Long.MAX_VALUE;
        }
    }

    private static Bytes bytes(long millis, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(millis)
                .put(text)
                .array());
    }

    private static Due read(byte[] entry) {
        long millis = ByteBuffer.wrap(entry).getLong();
        return new Due(millis, new String(entry, Long.BYTES, entry.length - Long.BYTES, StandardCharsets.UTF_8));
    }
}
