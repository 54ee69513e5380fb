package io.leeway.kit.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents attributes as Kafka headers (binary content mode). */
public final class EventHeaders {
    private EventHeaders() {}

    /**
     * @param id the event's identity
     * @param source the service that writes it
     */
    public static RecordHeaders of(EventType type, String id, String source, Instant time) {
        return of(common(type, source), bytes(id), bytes(time.toString()));
    }

    /** What all events of a type from one source have in common; it may be shared. */
    static Header[] common(EventType type, String source) {
        String content = type == EventType.MODEL ? "application/octet-stream" : "application/json";
        return new Header[] {
            new RecordHeader(Headers.CE_SPEC_VERSION, bytes("1.0")),
            new RecordHeader(Headers.CE_SOURCE, bytes("/leeway/" + source)),
            new RecordHeader(Headers.CE_TYPE, bytes(type.ceType())),
            new RecordHeader(Headers.CONTENT_TYPE, bytes(content))
        };
    }

    /** What an event has in common with others, and its own id and time. */
    static RecordHeaders of(Header[] common, byte[] id, byte[] time) {
        Header[] all = Arrays.copyOf(common, common.length + 2);
        all[common.length] = new RecordHeader(Headers.CE_ID, id);
        all[common.length + 1] = new RecordHeader(Headers.CE_TIME, time);
        return new RecordHeaders(all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Those of a dead letter: what the record said, why it was refused, and where it stood.
     *
     * @param timestamp the record's, milliseconds since 1970
     */
    public static RecordHeaders ofDeadLetter(
            org.apache.kafka.common.header.Headers record,
            String reason,
            String topic,
            int partition,
            long offset,
            long timestamp) {
        RecordHeaders headers = new RecordHeaders(record);
        add(headers, Headers.DEAD_LETTER_REASON, reason);
        add(headers, Headers.DEAD_LETTER_TOPIC, topic);
        add(headers, Headers.DEAD_LETTER_PARTITION, Integer.toString(partition));
        add(headers, Headers.DEAD_LETTER_OFFSET, Long.toString(offset));
        add(headers, Headers.DEAD_LETTER_TIMESTAMP, Long.toString(timestamp));
        return headers;
    }

    public static void add(org.apache.kafka.common.header.Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    public static Optional<String> text(org.apache.kafka.common.header.Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
