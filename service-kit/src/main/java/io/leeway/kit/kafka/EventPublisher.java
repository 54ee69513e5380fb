package io.leeway.kit.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Writes events through one producer per service: the one that the {@code events} channel of the messaging extension owns, used
 * directly because an {@code Emitter} costs two to three times the CPU. Thread safe; futures complete on the producer's thread.
 */
@Singleton
public class EventPublisher {
    private static final String CHANNEL = "events";

    /** Never sent through; it makes the extension create, watch and close the producer. */
    @SuppressWarnings("unused")
    private final Emitter<byte[]> owner;

    private final KafkaClientService clients;
    private final Clock clock;
    private final String source;
    private final Map<EventType, Header[]> common = new EnumMap<>(EventType.class);
    private volatile Producer<String, byte[]> producer;

    EventPublisher(
            @Channel(CHANNEL) Emitter<byte[]> owner,
            KafkaClientService clients,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        NativeCompression.load();
        this.owner = owner;
        this.clients = clients;
        this.clock = clock;
        this.source = source;
        for (EventType type : EventType.values()) {
            common.put(type, EventHeaders.common(type, source));
        }
    }

    /** Writes {@code event} as JSON to the topic of its type. The future fails if the broker does not confirm. */
    public CompletableFuture<RecordMetadata> publish(EventType type, String key, String id, Object event) {
        return publish(type, key, headers(type, id), Json.bytes(event));
    }

    /** Writes bytes that are ready; a null value is a tombstone. */
    public CompletableFuture<RecordMetadata> publish(EventType type, String key, RecordHeaders headers, byte[] value) {
        return send(new ProducerRecord<>(type.topic(), null, null, key, value, headers));
    }

    public RecordHeaders headers(EventType type, String id) {
        return headers(type, id, clock.instant());
    }

    public RecordHeaders headers(EventType type, String id, Instant time) {
        return EventHeaders.of(type, id, source, time);
    }

    /** The same of an id and a time that are UTF-8 already, for who writes very many; neither is copied. */
    public RecordHeaders headers(EventType type, byte[] id, byte[] time) {
        return EventHeaders.of(common.get(type), id, time);
    }

    /** Writes any record; {@code told} hears of its fate, whatever it is, mostly on the producer's thread. */
    public void send(ProducerRecord<String, byte[]> record, Callback told) {
        try {
            producer().send(record, told);
        } catch (RuntimeException failure) {
            told.onCompletion(null, failure);
        }
    }

    /** Writes any record. */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        send(record, (metadata, failure) -> {
            if (failure == null) {
                done.complete(metadata);
            } else {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> known = producer;
        if (known == null) {
            KafkaProducer<String, byte[]> owned = clients.getProducer(CHANNEL);
            known = owned.unwrap();
            producer = known;
        }
        return known;
    }
}
