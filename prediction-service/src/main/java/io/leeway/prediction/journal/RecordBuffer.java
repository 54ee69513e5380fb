package io.leeway.prediction.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leeway.contracts.EventType;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A growing buffer in which a {@link JournalRecord} is put together: {@link #begin}, then its value as a stream. Reused; not thread safe. */
public final class RecordBuffer extends OutputStream {
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[8192];
    private int length;
    private int valueAt;

    /** Starts a record anew. */
    public RecordBuffer begin(EventType type, String key, String id, long timeMillis) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[8192];
        }
        length = 0;
        byte[] name = type.ceType().getBytes(ISO_8859_1);
        write(name.length);
        write(name, 0, name.length);
        text(key);
        text(id);
        for (int shift = 56; shift >= 0; shift -= 8) {
            write((int) (timeMillis >>> shift));
        }
        valueAt = length;
        return this;
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException("must be <= 65535 bytes: key bytes=" + utf8.length);
        }
        write(utf8.length >>> 8);
        write(utf8.length);
        write(utf8, 0, utf8.length);
    }

    @Override
    public void write(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }

    public int length() {
        return length;
    }

    public int valueLength() {
        return length - valueAt;
    }

    /** Appends the record. */
    public long appendTo(Journal journal) {
        return journal.append(bytes, 0, length);
    }
}
