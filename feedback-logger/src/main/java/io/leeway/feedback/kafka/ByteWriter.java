package io.leeway.feedback.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes values one after the other into bytes, as {@link ByteReader} reads them. Not thread safe. */
final class ByteWriter {
    /** Stands for the length of a text that is null. */
    static final int ABSENT = -1;

    private byte[] bytes;
    private int length;

    ByteWriter(int room) {
        this.bytes = new byte[room];
    }

    ByteWriter number(int value) {
        ensure(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    ByteWriter number(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    ByteWriter real(double value) {
        return number(Double.doubleToRawLongBits(value));
    }

    ByteWriter small(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteWriter flag(boolean value) {
        return small(value ? 1 : 0);
    }

    /** @param value may be null */
    ByteWriter text(String value) {
        return value == null ? number(ABSENT) : block(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes with their length before them. */
    ByteWriter block(byte[] value) {
        return number(value.length).raw(value);
    }

    ByteWriter raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    ByteWriter time(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    ByteWriter duration(Duration value) {
        return number(value.getSeconds()).number(value.getNano());
    }

    /** A flag, and the value if there is one. */
    <T> ByteWriter optional(T value, BiConsumer<ByteWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    /** The number of values, and the values. */
    <T> ByteWriter list(List<T> values, BiConsumer<ByteWriter, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
