package io.leeway.kit.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents attributes as Kafka headers (binary content mode). */
public final class EventHeaders {
    private EventHeaders() {}

    /**
     * @param id the event's identity
     * @param source the service that writes it
     */
    public static RecordHeaders of(EventType type, String id, String source, Instant time) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, Headers.CE_SPEC_VERSION, "1.0");
        add(headers, Headers.CE_ID, id);
        add(headers, Headers.CE_SOURCE, "/leeway/" + source);
        add(headers, Headers.CE_TYPE, type.ceType());
        add(headers, Headers.CE_TIME, time.toString());
        add(headers, Headers.CONTENT_TYPE, type == EventType.MODEL ? "application/octet-stream" : "application/json");
        return headers;
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
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public static Optional<String> text(org.apache.kafka.common.header.Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
