package io.leeway.kit.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.kit.UnusableEventException;

/** Reads the value of a record as the event that its headers name. */
public final class EventReader {
    private EventReader() {}

    /**
     * The type of a record; one without {@code ce_type} is of its topic's own type.
     *
     * @throws UnusableEventException if the headers name a type or a version that does not belong on the topic
     */
    public static EventType type(org.apache.kafka.common.header.Headers headers, EventType ofTopic) {
        String ceType = EventHeaders.text(headers, Headers.CE_TYPE).orElse(ofTopic.ceType());
        EventType type = EventType.of(ceType)
                .orElseThrow(() -> new UnusableEventException("must be a known type and version: ce_type=" + ceType));
        if (!type.topic().equals(ofTopic.topic())) {
            throw new UnusableEventException("must be a type of topic " + ofTopic.topic() + ": ce_type=" + ceType);
        }
        return type;
    }

    /** @throws UnusableEventException if the value is missing, not JSON, or not a valid event; it names the field and value */
    public static <T> T read(byte[] value, Class<T> event) {
        if (value == null) {
            throw new UnusableEventException("must have a value: value=null");
        }
        try {
            return Json.read(value, event);
        } catch (UnreadableJsonException e) {
            throw new UnusableEventException(e.getMessage(), e);
        }
    }
}
