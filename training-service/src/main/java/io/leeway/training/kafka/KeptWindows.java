package io.leeway.training.kafka;

import io.leeway.training.Ingestion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The windows of the latest readings, so that the next one of the same loop reads only what came since. Holds few and small ones: a
 * window is some ten times faster to keep than to read, and takes about a kilobyte a row. Thread safe; a window that was taken belongs to
 * whoever took it.
 */
final class KeptWindows {
    private static final int MOST = 4;
    private static final int MOST_EVENTS = 40_000;

    private final Deque<Kept> windows = new ArrayDeque<>();

    /**
     * @param first offsets at which the topic began when it was read: if it begins later by now, rows of the window are gone
     * @param next offsets to read from
     */
    record Kept(FeedbackWindow window, Map<TopicPartition, Long> first, Map<TopicPartition, Long> next) {}

    /** Takes the window that serves a reading, if there is one; the reader gives it back when it is done. */
    synchronized Optional<Kept> take(Ingestion wanted, Map<TopicPartition, Long> first) {
        for (Iterator<Kept> i = windows.iterator(); i.hasNext(); ) {
            Kept kept = i.next();
            if (kept.window().serves(wanted)) {
                i.remove();
                return kept.first().equals(first) ? Optional.of(kept) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    synchronized void give(Kept kept) {
        if (kept.window().events() > MOST_EVENTS) {
            return;
        }
        windows.addFirst(kept);
        if (windows.size() > MOST) {
            windows.removeLast();
        }
    }
}
