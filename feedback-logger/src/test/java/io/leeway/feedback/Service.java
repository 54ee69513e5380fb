package io.leeway.feedback;

import static io.restassured.RestAssured.given;

import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.TopicSetup;
import io.leeway.stack.testing.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The running service as the world sees it: topics on one side, HTTP on the other. As an extension, it ends with its test class. */
final class Service implements AutoCloseable, AfterAllCallback {
    private KafkaProducer<String, byte[]> producer;

    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private static Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                LocalStack.shared().bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                TopicSetup.DEAD_LETTER_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                "0");
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }

    void make(Loop loop) {
        send(Topics.LOOPS, null, loop.name(), Json.bytes(loop), EventType.LOOP);
        eventually()
                .until(() -> given().get("/v1/loops/{loop}/feedback/summary", loop.name())
                                .statusCode()
                        == 200);
    }

    RecordMetadata decide(Decision decision) {
        return send(Topics.DECISIONS, null, decision.eventId(), Json.bytes(decision), EventType.DECISION);
    }

    RecordMetadata reward(String loop, String eventId, double value, String rewardId, Instant time) {
        Object reward = new io.leeway.contracts.Reward(loop, eventId, value, rewardId, null, null, time, null);
        return send(Topics.REWARDS, null, eventId, Json.bytes(reward), EventType.REWARD);
    }

    /** Many records in one go; returns when all of them are there. */
    void flood(List<ProducerRecord<String, byte[]>> records) {
        records.forEach(producer()::send);
        producer().flush();
    }

    /** Many records that nobody can read before all of them are there. */
    void appear(List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString());
        try (var together = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            together.initTransactions();
            together.beginTransaction();
            records.forEach(together::send);
            together.commitTransaction();
        }
    }

    RecordMetadata raw(String topic, Integer partition, String key, String value) {
        return send(topic, partition, key, value.getBytes(StandardCharsets.UTF_8), null);
    }

    RecordMetadata send(String topic, Integer partition, String key, byte[] value, EventType type) {
        RecordHeaders headers = type == null
                ? new RecordHeaders()
                : EventHeaders.of(type, key, "test", Instant.parse("2026-01-01T00:00:00Z"));
        try {
            return producer()
                    .send(new ProducerRecord<>(topic, partition, null, key, value, headers))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static FeedbackSummary summary(String loop) {
        return Json.read(
                given().get("/v1/loops/{loop}/feedback/summary", loop)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray(),
                FeedbackSummary.class);
    }

    static Optional<Event> event(String loop, String eventId) {
        var answer = given().get("/v1/loops/{loop}/events/{eventId}", loop, eventId);
        return answer.statusCode() == 200
                ? Optional.of(Json.read(answer.asByteArray(), Event.class))
                : Optional.empty();
    }

    static Event eventWithRevision(String loop, String eventId, int revision) {
        return eventually()
                .until(
                        () -> event(loop, eventId),
                        event -> event.isPresent() && event.get().feedback().size() >= revision)
                .orElseThrow();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
