package io.leeway.prediction.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * An append-only journal in memory-mapped files, with one reader. What {@link #append} returned from survives the process being
 * killed at any instant, because the pages belong to the operating system by then; it does not survive the loss of power.
 *
 * <p>A position is the segment's index and the offset in it: {@code index << 32 | offset}. Any number of threads may append, one
 * at a time writes; frames are in the order of their positions, and nothing is visible to the reader before it is whole. Bounded:
 * at its bound it refuses, and takes again once something has been shipped; so it does where its disk has no room, also at its start.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Journal.class);

    private final Segments segments;
    private final FileChannel lock;
    private final MappedByteBuffer mark;
    private final int segmentBytes;
    private final long boundBytes;
    private final long recovered;
    /** Index of the first segment that this process writes. */
    private final long firstOwn;

    /** Null until the disk has given the first one. */
    private Segment current;

    private int offset;
    private boolean closed;
    private volatile long end;
    private volatile long appended;
    private volatile long shipped;
    private volatile long shippedRecords;

    private Journal(Path directory, FileChannel lock, int segmentBytes, long boundBytes, Segments.Disk disk)
            throws IOException {
        this.lock = lock;
        this.segmentBytes = segmentBytes;
        this.boundBytes = boundBytes;
        try (FileChannel channel = FileChannel.open(
                directory.resolve("shipped"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            // Written first: touching a mapped file that has no room on its disk ends the process.
            if (channel.size() < Long.BYTES) {
                channel.write(ByteBuffer.allocate(Long.BYTES), 0);
            }
            this.mark = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
        }
        this.segments = new Segments(directory, segmentBytes, boundBytes, disk);
        long last = segments.used().isEmpty()
                ? mark.getLong(0) >>> 32
                : Math.max(mark.getLong(0) >>> 32, segments.used().lastKey());
        this.shipped = start();
        this.recovered = Recovery.count(segments.used(), shipped);
        this.appended = recovered;
        // Always a new segment: what a killed process left half-written stays where it is, behind the last whole frame.
        this.firstOwn = last + 1;
        this.current = firstIfThereIsRoom();
        this.offset = Segment.HEADER_BYTES;
        this.end = placeOf(firstOwn, offset);
        if (recovered == 0) {
            markShipped(end, 0);
        }
    }

    /**
     * Opens the journal of a directory, with what an earlier process left in it.
     *
     * @param segmentBytes size of each file; a record is at most this less 64 bytes
     * @param boundBytes most that all files together take, not counting two spare ones
     */
    public static Journal open(Path directory, int segmentBytes, long boundBytes) {
        return open(directory, segmentBytes, boundBytes, Segment::create);
    }

    static Journal open(Path directory, int segmentBytes, long boundBytes, Segments.Disk disk) {
        try {
            Files.createDirectories(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (lock.tryLock() == null) {
                    throw new OverlappingFileLockException();
                }
                return new Journal(directory, lock, segmentBytes, boundBytes, disk);
            } catch (OverlappingFileLockException e) {
                lock.close();
                throw new IllegalStateException(
                        "must not be in use by another process: journal directory=" + directory.toAbsolutePath(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "must be a directory that can be written: journal directory=" + directory.toAbsolutePath(), e);
        }
    }

    /** Where shipping goes on: after the last mark if that lies in a segment that is there, else at the oldest record. */
    private long start() {
        long marked = mark.getLong(0);
        Segment of = segments.used().get(marked >>> 32);
        int at = (int) marked;
        if (of != null && at >= Segment.HEADER_BYTES && at <= of.size() && at % Long.BYTES == 0) {
            return marked;
        }
        Long next = segments.used().ceilingKey(marked >>> 32);
        return next == null ? marked : placeOf(next, Segment.HEADER_BYTES);
    }

    private Segment firstIfThereIsRoom() {
        try {
            return segments.first(firstOwn);
        } catch (JournalFullException e) {
            LOG.warnf("nothing can be logged until there is room: %s", e.getMessage());
            return null;
        }
    }

    /**
     * Appends a record and returns the position after it.
     *
     * @throws JournalFullException at the bound, or if the disk does not give the room
     */
    public long append(byte[] bytes, int from, int length) {
        if (length < 1 || length > largest()) {
            throw new IllegalArgumentException("must be in [1, " + largest() + "]: record bytes=" + length);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        int check = (int) crc.getValue();
        synchronized (this) {
            if (closed) {
                throw new JournalFullException("must be open: journal is closed", null);
            }
            if (current == null) {
                current = segments.first(firstOwn);
            } else if (!current.fits(offset, length)) {
                Segment next = segments.next(current.index() + 1);
                current.close(offset);
                current = next;
                offset = Segment.HEADER_BYTES;
            }
            offset = current.write(offset, bytes, from, length, check);
            long after = placeOf(current.index(), offset);
            long total = appended + 1;
            appended = total;
            end = after;
            return after;
        }
    }

    /** Most bytes of one record. */
    public int largest() {
        return segmentBytes - Segment.HEADER_BYTES - Segment.FRAME_BYTES - Long.BYTES;
    }

    /** Everything before this position is safe elsewhere. */
    public long shipped() {
        return shipped;
    }

    /** The position after the last record. */
    public long end() {
        return end;
    }

    /** A reader from the first record that has not been shipped. One at a time. */
    public Reader reader() {
        return new Reader(shipped);
    }

    /** Everything before {@code position} is safe elsewhere: {@code records} more than was said before. */
    public void markShipped(long position, long records) {
        mark.putLong(0, position);
        shipped = position;
        long total = shippedRecords + records;
        shippedRecords = total;
        segments.retireBefore(position >>> 32);
    }

    public long backlogRecords() {
        return Math.max(0, appended - shippedRecords);
    }

    /** Records that an earlier process had answered and not shipped. */
    public long recoveredRecords() {
        return recovered;
    }

    /** Bytes from the first record that has not been shipped to the last. */
    public long backlogBytes() {
        long to = end;
        long from = shipped;
        if (from >= to) {
            return 0;
        }
        long whole = ((to >>> 32) - (from >>> 32)) * segmentBytes;
        return Math.max(0, whole + (int) to - (int) from);
    }

    public long boundBytes() {
        return boundBytes;
    }

    /** Refuses appends from now on; what has not been shipped stays for the next process. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        segments.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warnf("journal lock: %s", e.getMessage());
        }
    }

    static long placeOf(long index, int offset) {
        return index << 32 | offset;
    }

    /** Walks the records in order. For one thread. */
    public final class Reader {
        private long position;
        private Segment segment;
        private byte[] payload = new byte[4096];
        private int length;

        private Reader(long position) {
            this.position = position;
        }

        /** Moves to the next record; false if there is none yet. */
        public boolean next() {
            while (position < end) {
                if (segment == null || segment.index() != position >>> 32) {
                    segment = segments.used().get(position >>> 32);
                }
                int at = (int) position;
                if (segment != null && isWhole(at)) {
                    length = segment.length(at);
                    if (payload.length < length) {
                        payload = new byte[Math.max(length, 2 * payload.length)];
                    }
                    segment.read(at, payload, length);
                    position += Segment.room(length);
                    return true;
                }
                Long following = segments.used().higherKey(position >>> 32);
                if (following == null) {
                    return false;
                }
                position = placeOf(following, Segment.HEADER_BYTES);
            }
            return false;
        }

        /** What this process wrote is whole; what another left is checked. */
        private boolean isWhole(int at) {
            return segment.index() >= firstOwn ? !segment.ends(at) : segment.checkedLength(at) >= 0;
        }

        /** The record's bytes are the first {@link #length} of this array, until the next call of {@link #next}. */
        public byte[] payload() {
            return payload;
        }

        public int length() {
            return length;
        }

        /** The position after the record. */
        public long position() {
            return position;
        }

        /** Goes back (or on) to a position that this reader has been at. */
        public void seek(long to) {
            position = to;
        }
    }
}
