package io.leeway.feedback.kafka;

import io.leeway.feedback.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was lately taken in. The join and the landing read the same records at about the same time, and reading a decision is half of
 * what either does: whoever comes second need not do it again. Thread safe.
 */
final class RecentlyTaken {
    /** Each is held until the second reader takes it, or so many bytes of records have come after it. */
    private static final long MOST_BYTES = 24 << 20;

    /** What an entry takes beside the bytes of its record. */
    private static final int ENTRY_BYTES = 512;

    private final Map<Position, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    private record Entry(Taken taken, int bytes) {}

    /** Keeps it for the other reader. */
    synchronized void put(Position position, Taken taken, int size) {
        Entry before = entries.put(position, new Entry(taken, size + ENTRY_BYTES));
        bytes += size + ENTRY_BYTES - (before == null ? 0 : before.bytes());
        var eldest = entries.entrySet().iterator();
        while (bytes > MOST_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().getValue().bytes();
            eldest.remove();
        }
    }

    /** Gives it out once; null if it is not there. */
    synchronized Taken remove(Position position) {
        Entry entry = entries.remove(position);
        if (entry == null) {
            return null;
        }
        bytes -= entry.bytes();
        return entry.taken();
    }
}
