package io.leeway.training.kafka;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.core.model.Provenance;
import io.leeway.training.FeedbackRows;
import io.leeway.training.Ingested;
import io.leeway.training.Ingestion;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.TrainingRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The rows of one loop out of the feedback topic: the newest revision of each event, of these the newest events. Keeps lines
 * rather than objects, because a window can hold 100,000 events. Not thread safe.
 */
final class FeedbackWindow {
    private static final Logger LOG = Logger.getLogger(FeedbackWindow.class);

    private Ingestion wanted;
    private final Map<String, Entry> entries = new HashMap<>();
    private long recordsRead;
    private int unreadable;
    private int withoutValue;
    private int corrected;

    FeedbackWindow(Ingestion wanted) {
        this.wanted = wanted;
    }

    private record Entry(String eventId, Instant time, int revision, List<String> lines) {
        static final Comparator<Entry> CANONICAL =
                Comparator.comparing(Entry::time).thenComparing(Entry::eventId);
    }

    /**
     * Whether the rows of another reading are these and those that came since: the same loop, rewards and limits, everything from the
     * beginning to the end.
     */
    boolean serves(Ingestion other) {
        return isWhole(wanted)
                && isWhole(other)
                && wanted.loop().equals(other.loop())
                && wanted.regression() == other.regression()
                && wanted.replay().equals(other.replay())
                && wanted.maximumRows() == other.maximumRows()
                && wanted.floor().equals(other.floor());
    }

    /** With a limit in time a later reading would begin at another record; with one of offsets it is somebody's past. */
    static boolean isWhole(Ingestion wanted) {
        return wanted.since() == null && wanted.until().isEmpty();
    }

    /** Goes on for another reading that this window serves; from now on only new records are counted as read. */
    void goOn(Ingestion next) {
        wanted = next;
        recordsRead = 0;
    }

    /** Events that would be learned from. */
    int events() {
        return entries.size();
    }

    void add(ConsumerRecord<String, byte[]> record) {
        String partition = record.topic() + "-" + record.partition();
        if (record.offset() >= wanted.until().getOrDefault(partition, Long.MAX_VALUE)) {
            return;
        }
        recordsRead++;
        // Most records belong to other loops: these are not read any further.
        if (!wanted.loop().equals(FeedbackPeek.at(record.value()).loop())) {
            return;
        }
        try {
            add(Json.read(record.value(), Feedback.class));
        } catch (UnreadableJsonException | IllegalArgumentException e) {
            unreadable++;
            LOG.warnf(
                    "unusable feedback at %s-%d@%d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void add(Feedback feedback) {
        Instant time = feedback.decision().time();
        if (wanted.since() != null && time.isBefore(wanted.since())) {
            return;
        }
        if (FeedbackRows.withoutValue(feedback)) {
            withoutValue++;
            return;
        }
        Entry known = entries.get(feedback.eventId());
        if (known != null && known.revision >= feedback.revision()) {
            return;
        }
        if (known != null) {
            corrected++;
        }
        List<String> lines = FeedbackRows.of(feedback, wanted.replay()).stream()
                .map(TrainingRow::toLine)
                .toList();
        if (lines.isEmpty()) {
            return;
        }
        entries.put(feedback.eventId(), new Entry(feedback.eventId(), time, feedback.revision(), lines));
        // An event that is dropped here could not come back into the window: its decision's time does not change.
        if (entries.size() > 2 * wanted.maximumRows()) {
            newest().skip(wanted.maximumRows()).toList().forEach(entry -> entries.remove(entry.eventId()));
        }
    }

    private Stream<Entry> newest() {
        return entries.values().stream().sorted(Entry.CANONICAL.reversed());
    }

    /** Writes the data set in its canonical order. */
    Ingested write(Map<String, Long> offsets) {
        List<Entry> ordered =
                newest().limit(wanted.maximumRows()).sorted(Entry.CANONICAL).toList();
        Provenance.Dataset dataset = DatasetFile.write(
                wanted.file(),
                wanted.loop(),
                ordered.stream().flatMap(entry -> entry.lines().stream()).iterator(),
                offsets,
                ordered.isEmpty() ? null : ordered.get(0).time(),
                ordered.isEmpty() ? null : ordered.get(ordered.size() - 1).time());
        return new Ingested(dataset, recordsRead, unreadable, withoutValue, corrected);
    }
}
