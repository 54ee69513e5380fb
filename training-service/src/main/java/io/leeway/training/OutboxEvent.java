package io.leeway.training;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.rest.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An event that was decided together with a change of the registry and is to be written to Kafka after it. */
public final class OutboxEvent {
    private final EventType type;
    private final String key;
    private final String eventId;
    private final Map<String, String> headers;
    private final byte[] value;

    /**
     * @param headers beside the CloudEvents ones
     * @param value null for a tombstone; owned by this object from now on
     */
    public OutboxEvent(EventType type, String key, String eventId, Map<String, String> headers, byte[] value) {
        this.type = type;
        this.key = key;
        this.eventId = eventId;
        this.headers = Map.copyOf(headers);
        this.value = value;
    }

    static OutboxEvent loop(String eventId, Loop loop) {
        return new OutboxEvent(EventType.LOOP, loop.name(), eventId, Map.of(), Json.bytes(loop));
    }

    static OutboxEvent loopDeleted(String eventId, String loop) {
        return new OutboxEvent(EventType.LOOP, loop, eventId, Map.of(), null);
    }

    static OutboxEvent training(TrainingEvent event) {
        return new OutboxEvent(
                EventType.TRAINING_EVENT, event.loop(), event.trainingEventId(), Map.of(), Json.bytes(event));
    }

    static OutboxEvent model(
            String eventId, String loop, ModelRole role, long version, String sha256, byte[] artifact) {
        return new OutboxEvent(
                EventType.MODEL, role.key(loop), eventId, modelHeaders(loop, role, version, sha256), artifact);
    }

    /** What the champion's continuous learner has learned since. */
    static OutboxEvent checkpoint(String eventId, Checkpoint checkpoint, byte[] artifact) {
        ModelRole role = ModelRole.CHAMPION;
        Map<String, String> headers =
                new HashMap<>(modelHeaders(checkpoint.loop(), role, checkpoint.modelVersion(), checkpoint.sha256()));
        headers.put(Headers.MODEL_CHECKPOINT, Long.toString(checkpoint.feedbacks()));
        return new OutboxEvent(EventType.MODEL, role.key(checkpoint.loop()), eventId, headers, artifact);
    }

    private static Map<String, String> modelHeaders(String loop, ModelRole role, long version, String sha256) {
        return Map.of(
                Headers.MODEL_LOOP,
                loop,
                Headers.MODEL_ROLE,
                role.word(),
                Headers.MODEL_VERSION,
                Long.toString(version),
                Headers.MODEL_SHA256,
                sha256);
    }

    static OutboxEvent roleVacated(String eventId, String loop, ModelRole role) {
        Map<String, String> headers = Map.of(Headers.MODEL_LOOP, loop, Headers.MODEL_ROLE, role.word());
        return new OutboxEvent(EventType.MODEL, role.key(loop), eventId, headers, null);
    }

    public EventType type() {
        return type;
    }

    public String key() {
        return key;
    }

    public String eventId() {
        return eventId;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes, not copied; empty for a tombstone. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(value);
    }
}
