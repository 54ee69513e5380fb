package io.leeway.feedback.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link ByteWriter} wrote, in the same order. Not thread safe. */
final class ByteReader {
    private final ByteBuffer bytes;

    ByteReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int number() {
        return bytes.getInt();
    }

    long longNumber() {
        return bytes.getLong();
    }

    double real() {
        return bytes.getDouble();
    }

    int small() {
        return bytes.get();
    }

    boolean flag() {
        return bytes.get() != 0;
    }

    String text() {
        int length = number();
        if (length == ByteWriter.ABSENT) {
            return null;
        }
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    byte[] block() {
        byte[] block = new byte[number()];
        bytes.get(block);
        return block;
    }

    /** All that is left. */
    byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }

    Instant time() {
        return Instant.ofEpochSecond(longNumber(), number());
    }

    Duration duration() {
        return Duration.ofSeconds(longNumber(), number());
    }

    <T> T optional(Function<ByteReader, T> read) {
        return flag() ? read.apply(this) : null;
    }

    <T> List<T> list(Function<ByteReader, T> read) {
        int size = number();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(read.apply(this));
        }
        return values;
    }
}
