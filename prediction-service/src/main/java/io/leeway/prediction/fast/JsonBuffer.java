package io.leeway.prediction.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** JSON as it is put together: pieces that are JSON already, numbers, plain ASCII. Reused; not thread safe. */
final class JsonBuffer {
    private byte[] bytes = new byte[2048];
    private int length;

    /** A piece of JSON that will be written often. */
    static byte[] piece(String ascii) {
        return ascii.getBytes(ISO_8859_1);
    }

    JsonBuffer clear() {
        length = 0;
        return this;
    }

    JsonBuffer put(byte[] piece) {
        return put(piece, 0, piece.length);
    }

    JsonBuffer put(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    JsonBuffer put(JsonBuffer other, int from, int to) {
        return put(other.bytes, from, to - from);
    }

    JsonBuffer put(JsonBuffer other) {
        return put(other.bytes, 0, other.length);
    }

    JsonBuffer put(String ascii) {
        int count = ascii.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
        return this;
    }

    JsonBuffer put(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** The shortest text that reads as the same double. */
    JsonBuffer put(double finite) {
        room(ShortestDecimal.LONGEST);
        length = ShortestDecimal.write(finite, bytes, length);
        return this;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
