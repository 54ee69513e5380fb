package io.leeway.prediction.kafka;

import io.leeway.prediction.PredictionConfig;
import io.leeway.prediction.journal.Journal;
import io.leeway.prediction.journal.JournalRecord;
import io.leeway.prediction.journal.Shipments;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Ships the journal to Kafka, in its order, from one thread. What the broker has not confirmed is sent again: by the producer, without
 * doubles, while this process lives, and by the next process from the last mark on, perhaps a second time.
 */
@Singleton
public class Shipper {
    private static final Logger LOG = Logger.getLogger(Shipper.class);
    private static final long MOST_BYTES_IN_FLIGHT = 8 << 20;
    private static final int MOST_RECORDS_PER_BATCH = 512;
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long GATHER_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_BACKOFF_NANOS = Duration.ofSeconds(5).toNanos();

    private final Journal journal;
    private final Shipments shipments;
    private final ShipRecord ship;
    private final Duration drain;
    private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "journal-shipper");
    private Journal.Reader reader;
    private long bytesInFlight;
    private long lastSent = System.nanoTime() - GATHER_NANOS;
    /** Whether the last batch left something behind. */
    private boolean more;

    private long backoffNanos = PAUSE_NANOS;
    private volatile boolean stopping;

    Shipper(Journal journal, Shipments shipments, ShipRecord ship, PredictionConfig config) {
        this.journal = journal;
        this.shipments = shipments;
        this.ship = ship;
        this.drain = config.journal().drain();
    }

    void start(@Observes StartupEvent event) {
        if (journal.recoveredRecords() > 0) {
            LOG.infof("%d records of the last run are shipped now", journal.recoveredRecords());
        }
        reader = journal.reader();
        shipments.reached(journal.shipped());
        shipments.onWait(() -> LockSupport.unpark(thread));
        thread.setDaemon(true);
        thread.start();
    }

    /** Early: the producer has to be there still. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        long deadline = System.nanoTime() + drain.toNanos();
        while (journal.backlogRecords() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        stopping = true;
        LockSupport.unpark(thread);
        thread.join();
        if (journal.backlogRecords() > 0) {
            LOG.warnf("%d records stay in the journal for the next start", journal.backlogRecords());
        }
    }

    private void run() {
        while (!stopping) {
            try {
                long early = nanosTooEarly();
                boolean sent = early <= 0 && bytesInFlight < MOST_BYTES_IN_FLIGHT && sendBatch();
                settle();
                if (!sent) {
                    LockSupport.parkNanos(Math.max(early, PAUSE_NANOS));
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "shipping of the journal goes back and on");
                rewind();
            }
        }
    }

    /** Not positive if it is time to send: nobody waits for most records, and many at once cost the producer half as much. */
    private long nanosTooEarly() {
        return more || shipments.anybodyWaits() ? 0 : lastSent + GATHER_NANOS - System.nanoTime();
    }

    /** Sends what there is, up to a bound; false if there was nothing. */
    private boolean sendBatch() {
        Batch batch = new Batch(Thread.currentThread());
        long bytes = 0;
        long position = reader.position();
        while (batch.refusal() == null && batch.records() < MOST_RECORDS_PER_BATCH && reader.next()) {
            batch.add();
            ship.ship(JournalRecord.read(reader.payload(), reader.length()), batch);
            if (batch.refusal() == null) {
                bytes += reader.length();
                position = reader.position();
            }
        }
        if (batch.records() > 0) {
            batch.close(position, bytes);
            bytesInFlight += bytes;
            inFlight.add(batch);
            lastSent = System.nanoTime();
        }
        more = batch.records() == MOST_RECORDS_PER_BATCH;
        if (batch.refusal() != null) {
            LOG.warnf("not taken by the producer, and so tried again: %s", batch.refusal());
            refused(batch.refusal(), position);
        }
        return batch.records() > 0;
    }

    /** Only the record after {@code position} was not taken: what is in flight stays there, or it would be sent twice. */
    private void refused(Exception why, long position) {
        if (ShipRecord.isForGood(why)) {
            long end = reader.position();
            awaitFlight();
            settle();
            reader.seek(position);
            shipOneByOne(end);
        } else {
            reader.seek(position);
            backOff();
        }
    }

    /** Moves the mark over the batches that have been confirmed, in order. */
    private void settle() {
        while (!inFlight.isEmpty() && inFlight.peek().isDone()) {
            Batch done = inFlight.peek();
            if (done.failure() != null) {
                LOG.warnf("not shipped, and so sent again: %s", done.failure());
                rewind();
                if (ShipRecord.isForGood(done.failure())) {
                    shipOneByOne(done.end());
                }
                return;
            }
            inFlight.remove();
            bytesInFlight -= done.bytes();
            backoffNanos = PAUSE_NANOS;
            shipped(done.end(), done.records());
        }
    }

    private void shipped(long position, int records) {
        journal.markShipped(position, records);
        shipments.reached(position);
    }

    /** A batch holds a record that its topic will never take: finds it, and puts it aside. */
    private void shipOneByOne(long end) {
        try {
            while (!stopping && reader.position() < end && reader.next()) {
                ship.shipAlone(JournalRecord.read(reader.payload(), reader.length()));
                shipped(reader.position(), 1);
            }
        } catch (ExecutionException e) {
            LOG.warnf("not shipped, and so sent again: %s", e.getCause());
            rewind();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the fate of everything in flight, then goes back to the mark: the order of the journal is kept. */
    private void rewind() {
        awaitFlight();
        inFlight.clear();
        bytesInFlight = 0;
        reader = journal.reader();
        backOff();
    }

    private void awaitFlight() {
        for (Batch batch : inFlight) {
            while (!batch.isDone() && !stopping) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void backOff() {
        LockSupport.parkNanos(backoffNanos);
        backoffNanos = Math.min(2 * backoffNanos, LONGEST_BACKOFF_NANOS);
    }
}
