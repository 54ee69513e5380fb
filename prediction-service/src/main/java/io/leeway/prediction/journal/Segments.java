package io.leeway.prediction.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The files of a journal: those in use by index, and spare ones. A thread of its own makes a spare one before it is needed, because
 * writing a file of zeros takes tens of milliseconds. Thread safe.
 */
final class Segments implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Segments.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MOST_SPARES = 2;
    private static final String SPARE_PREFIX = "spare-";

    private final Path directory;
    private final int segmentBytes;
    private final long mostSegments;
    private final Disk disk;
    private final ConcurrentNavigableMap<Long, Segment> used = new ConcurrentSkipListMap<>();
    private final Deque<Segment> spares = new ArrayDeque<>();
    private final Thread maker;

    /** On the clock of {@link System#nanoTime}: until then a disk that had no room is not asked again. */
    private volatile long askAgainAt = System.nanoTime();

    private int making;
    private boolean closed;

    /** Where files are made: {@link Segment#create}, but for tests of a disk without room. */
    interface Disk {
        /** @throws UncheckedIOException if it does not give the room */
        Segment create(Path file, int size);
    }

    Segments(Path directory, int segmentBytes, long boundBytes, Disk disk) {
        this.directory = directory;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.mostSegments = Math.max(2, boundBytes / segmentBytes);
        for (Segment found : open(directory)) {
            if (found.index() >= 0) {
                used.put(found.index(), found);
            } else {
                found.delete();
            }
        }
        this.maker = new Thread(this::makeSpares, "journal-segments");
        maker.setDaemon(true);
        maker.start();
    }

    private static List<Segment> open(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Segment> found = new ArrayList<>();
            files.filter(file -> file.getFileName().toString().endsWith(Segment.SUFFIX))
                    .sorted(Comparator.naturalOrder())
                    .forEach(file -> found.add(Segment.open(file)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("must be readable: journal directory=" + directory, e);
        }
    }

    ConcurrentNavigableMap<Long, Segment> used() {
        return used;
    }

    /**
     * Takes a segment into use.
     *
     * @throws JournalFullException at the bound, or if the disk does not give the room
     */
    Segment next(long index) {
        if (used.size() >= mostSegments) {
            throw new JournalFullException("must be at most " + mostSegments + " segments: used=" + used.size(), null);
        }
        return first(index);
    }

    /** The same without regard to the bound: a process that finds the journal full has to start in order to empty it. */
    Segment first(long index) {
        Segment spare = spare();
        if (spare == null && System.nanoTime() - askAgainAt < 0) {
            throw new JournalFullException("must have room on its disk: journal directory=" + directory, null);
        }
        try {
            Segment taken = (spare == null ? create() : spare).become(index);
            used.put(index, taken);
            return taken;
        } catch (UncheckedIOException e) {
            throw new JournalFullException(e.getMessage(), e);
        }
    }

    private synchronized Segment spare() {
        Segment spare = spares.poll();
        notifyAll();
        return spare;
    }

    private Segment create() {
        try {
            return disk.create(directory.resolve(SPARE_PREFIX + UUID.randomUUID() + Segment.SUFFIX), segmentBytes);
        } catch (UncheckedIOException e) {
            askAgainAt = System.nanoTime() + RETRY.toNanos();
            throw e;
        }
    }

    /** Gives up all segments before {@code index}; all of what they hold has been shipped. */
    void retireBefore(long index) {
        for (Segment retired : used.headMap(index).values()) {
            used.remove(retired.index());
            synchronized (this) {
                if (!closed && spares.size() + making < MOST_SPARES && retired.size() == segmentBytes) {
                    spares.add(retired);
                    continue;
                }
            }
            retired.delete();
        }
    }

    private void makeSpares() {
        boolean told = false;
        while (awaitNeed()) {
            try {
                Segment made = create();
                told = false;
                synchronized (this) {
                    making = 0;
                    if (!closed) {
                        spares.add(made);
                        continue;
                    }
                }
                made.delete();
            } catch (UncheckedIOException e) {
                // Nobody has been refused yet: an append that needs the room tries for itself, and says so.
                if (!told) {
                    LOG.warnf("no spare journal segment, tried again every second: %s", e.getMessage());
                }
                told = true;
                pause();
            }
        }
    }

    private synchronized boolean awaitNeed() {
        making = 0;
        try {
            while (!closed && (!spares.isEmpty() || used.size() >= mostSegments)) {
                wait();
            }
        } catch (InterruptedException e) {
            return false;
        }
        making = 1;
        return !closed;
    }

    private synchronized void pause() {
        try {
            while (!closed && System.nanoTime() - askAgainAt < 0) {
                wait(RETRY.toMillis());
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Spare files go; those in use stay for the next process. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            maker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        spares.forEach(Segment::delete);
    }
}
