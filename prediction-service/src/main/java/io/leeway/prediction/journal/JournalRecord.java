package io.leeway.prediction.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.EventType;
import java.util.Arrays;

/**
 * An event as it stands in the journal. Layout: byte length and text of the CloudEvents type; short length and text of the key, then of
 * the id; long milliseconds of the event's time; the rest is the value. Texts are UTF-8; numbers big-endian.
 */
public final class JournalRecord {
    private final EventType type;
    private final String key;
    private final byte[] id;
    private final long timeMillis;
    private final byte[] value;

    private JournalRecord(EventType type, String key, byte[] id, long timeMillis, byte[] value) {
        this.type = type;
        this.key = key;
        this.id = id;
        this.timeMillis = timeMillis;
        this.value = value;
    }

    /** @throws IllegalArgumentException if the type is none that this code knows */
    public static JournalRecord read(byte[] bytes, int length) {
        int at = 1 + bytes[0];
        String ceType = new String(bytes, 1, bytes[0], ISO_8859_1);
        EventType type = EventType.of(ceType)
                .orElseThrow(() -> new IllegalArgumentException("must be a known type: ce_type=" + ceType));
        int keyLength = shortAt(bytes, at);
        String key = new String(bytes, at + 2, keyLength, UTF_8);
        at += 2 + keyLength;
        int idLength = shortAt(bytes, at);
        byte[] id = Arrays.copyOfRange(bytes, at + 2, at + 2 + idLength);
        at += 2 + idLength;
        long time = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            time = time << 8 | bytes[at + i] & 0xff;
        }
        return new JournalRecord(type, key, id, time, Arrays.copyOfRange(bytes, at + Long.BYTES, length));
    }

    public EventType type() {
        return type;
    }

    public String key() {
        return key;
    }

    public String id() {
        return new String(id, UTF_8);
    }

    /** The id as UTF-8; not copied. */
    public byte[] idBytes() {
        return id;
    }

    public long timeMillis() {
        return timeMillis;
    }

    /** Not copied: it goes on to the producer and nowhere else. */
    public byte[] value() {
        return value;
    }

    private static int shortAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
