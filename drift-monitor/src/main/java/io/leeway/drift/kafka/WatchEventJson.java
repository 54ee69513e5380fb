package io.leeway.drift.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.leeway.contracts.Json;
import io.leeway.drift.WatchEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Events of a watch, and entries of its journal, as bytes. Thread safe: no state. */
final class WatchEventJson {
    private static final ObjectWriter WRITE_EVENT = Json.mapper().writerFor(WatchEvent.class);
    private static final ObjectReader READ_EVENT = Json.mapper().readerFor(WatchEvent.class);
    private static final ObjectWriter WRITE_ENTRY = Json.mapper().writerFor(Entry.class);
    private static final ObjectReader READ_ENTRY = Json.mapper().readerFor(Entry.class);

    private WatchEventJson() {}

    /**
     * An event as a watch took it in.
     *
     * @param number counts the events of the watch, from 1 on
     * @param now when it was taken in
     */
    record Entry(long number, Instant now, WatchEvent event) {}

    static byte[] bytes(WatchEvent event) {
        return write(WRITE_EVENT, event);
    }

    static byte[] bytes(Entry entry) {
        return write(WRITE_ENTRY, entry);
    }

    static WatchEvent event(byte[] bytes) {
        return read(READ_EVENT, bytes);
    }

    static Entry entry(byte[] bytes) {
        return read(READ_ENTRY, bytes);
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be written as JSON", e);
        }
    }

    private static <T> T read(ObjectReader reader, byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("must be what this service wrote", e);
        }
    }
}
