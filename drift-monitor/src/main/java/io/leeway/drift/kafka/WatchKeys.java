package io.leeway.drift.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store: a letter for what is kept, the loop, a zero byte, a number. Names of loops have no zero byte in them, so no
 * loop's keys lie among another's.
 */
enum WatchKeys {
    /** The state of the watch, number 0. */
    SNAPSHOT('s'),
    /** The events since the snapshot, by number modulo the journal's length. */
    JOURNAL('j'),
    /** The decisions in the window, by slot. */
    ROW('r'),
    /** What is known of each phase of the week. */
    PHASE('p'),
    /** Data sets to compare with, by the hash of their names. */
    DATASET('d');

    private final byte letter;

    WatchKeys(char letter) {
        this.letter = (byte) letter;
    }

    Bytes of(String loop, int number) {
        byte[] name = loop.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 6)
                .put(letter)
                .put(name)
                .put((byte) 0)
                .putInt(number)
                .array());
    }

    /** Lower bound of all keys of this kind and loop; numbers count as unsigned. */
    Bytes first(String loop) {
        return of(loop, 0);
    }

    /** Upper bound of all keys of this kind and loop. */
    Bytes last(String loop) {
        return of(loop, -1);
    }

    /** Lower bound of all keys of this kind. */
    Bytes first() {
        return Bytes.wrap(new byte[] {letter});
    }

    /** Upper bound of all keys of this kind. */
    Bytes last() {
        return Bytes.wrap(new byte[] {(byte) (letter + 1)});
    }

    /** The loop that a key is of. */
    static String loop(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, 1, bytes.length - 6, StandardCharsets.UTF_8);
    }
}
