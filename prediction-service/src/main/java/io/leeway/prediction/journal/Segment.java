package io.leeway.prediction.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One memory-mapped file of the journal: a header, then frames one after the other. One thread writes at a time, one thread
 * reads what has been written.
 *
 * <p>Frame: int length of the payload, int check, payload, padding to a multiple of 8. The check is CRC-32C of the payload mixed
 * with the segment's index and the frame's offset, so that a frame left from an earlier use of the same file is never taken for one of
 * this use. A length of -1 says that the next segment goes on.
 */
final class Segment {
    static final int HEADER_BYTES = 24;
    static final int FRAME_BYTES = 8;
    static final String SUFFIX = ".journal";

    private static final long MAGIC = 0x4c65_6577_6179_4a31L;
    private static final int CONTINUED = -1;
    private static final int ZEROS = 1 << 20;

    private final Path file;
    private final long index;
    private final MappedByteBuffer bytes;

    private Segment(Path file, long index, MappedByteBuffer bytes) {
        this.file = file;
        this.index = index;
        this.bytes = bytes;
    }

    /** Makes a file of zeros on disk, so that a full disk is met here and not in the middle of an append. */
    static Segment create(Path file, int size) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(Math.min(ZEROS, size));
            for (int written = 0; written < size; ) {
                zeros.position(0).limit(Math.min(zeros.capacity(), size - written));
                written += channel.write(zeros);
            }
            return new Segment(file, -1, channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
        } catch (IOException e) {
            discard(file);
            throw new UncheckedIOException("must be writable: journal file=" + file + " (" + e.getMessage() + ")", e);
        }
    }

    /** Opens what an earlier process left; its {@link #index} is -1 if the file never came into use. */
    static Segment open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            if (size < HEADER_BYTES || size > Integer.MAX_VALUE) {
                return new Segment(file, -1, channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER_BYTES));
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            long index = bytes.getLong(8);
            boolean used = bytes.getLong(0) == MAGIC && bytes.getLong(16) == ~index && file.equals(named(file, index));
            return new Segment(file, used ? index : -1, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("must be readable: journal file=" + file, e);
        }
    }

    /** The same file under the name of another index, empty. */
    Segment become(long newIndex) {
        try {
            Path target = named(file, newIndex);
            Files.move(file, target);
            bytes.putLong(0, MAGIC);
            bytes.putLong(8, newIndex);
            bytes.putLong(16, ~newIndex);
            return new Segment(target, newIndex, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("must be renamable: journal file=" + file, e);
        }
    }

    long index() {
        return index;
    }

    int size() {
        return bytes.capacity();
    }

    Path file() {
        return file;
    }

    /** The room that a payload takes. */
    static int room(int length) {
        return (FRAME_BYTES + length + 7) & -8;
    }

    boolean fits(int offset, int length) {
        return room(length) <= size() - offset;
    }

    /** Writes a frame and returns the offset after it. The length comes last: until then there is no frame. */
    int write(int offset, byte[] payload, int from, int length, int crc) {
        bytes.put(offset + FRAME_BYTES, payload, from, length);
        bytes.putInt(offset + 4, check(crc, offset));
        bytes.putInt(offset, length);
        return offset + room(length);
    }

    /** Says that the next segment goes on. */
    void close(int offset) {
        if (offset + 4 <= size()) {
            bytes.putInt(offset, CONTINUED);
        }
    }

    /** Whether a reader that has come to {@code offset} has to go on in the next segment; asked only for what has been written. */
    boolean ends(int offset) {
        return offset + FRAME_BYTES > size() || bytes.getInt(offset) == CONTINUED;
    }

    /** Length of the payload at {@code offset}, unchecked. */
    int length(int offset) {
        return bytes.getInt(offset);
    }

    void read(int offset, byte[] target, int length) {
        bytes.get(offset + FRAME_BYTES, target, 0, length);
    }

    /** Length of the payload at {@code offset} if there is a whole frame, else -1. */
    int checkedLength(int offset) {
        if (offset + FRAME_BYTES > size()) {
            return -1;
        }
        int length = bytes.getInt(offset);
        if (length < 0 || length > size() - offset - FRAME_BYTES) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(offset + FRAME_BYTES, length));
        return bytes.getInt(offset + 4) == check((int) crc.getValue(), offset) ? length : -1;
    }

    /** Deletes the file. Cut to nothing first: the disk gets its room back although the file is still mapped. */
    void delete() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            // Then the room comes back when the mapping goes.
        }
        discard(file);
    }

    private int check(int crc, int offset) {
        long place = (index << 32 | offset) * 0x9E37_79B9_7F4A_7C15L;
        return crc ^ (int) (place >>> 32);
    }

    private static Path named(Path file, long index) {
        return file.resolveSibling(String.format("%016x%s", index, SUFFIX));
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file that stays is found at the next start, and used then.
        }
    }
}
