package io.leeway.drift;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Tensor;
import io.leeway.kit.kafka.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what other services write to a real broker, and reads what came out. */
public final class TestTopics implements AutoCloseable {
    private final String servers;
    private final KafkaProducer<String, byte[]> producer;

    public TestTopics(String servers) {
        this.servers = servers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public void send(EventType type, String key, Object event) {
        send(type, null, key, event);
    }

    /** @param partition where the record must go; null where the key decides */
    public void send(EventType type, Integer partition, String key, Object event) {
        RecordHeaders headers = EventHeaders.of(type, key, "test", Instant.now());
        producer.send(new ProducerRecord<>(type.topic(), partition, null, key, Json.bytes(event), headers));
    }

    public void sendBytes(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    public void make(Loop loop) {
        send(EventType.LOOP, loop.name(), loop);
    }

    public void promote(String loop, long version, Profile profile) {
        RecordHeaders headers = EventHeaders.of(EventType.MODEL, loop + version, "test", Instant.now());
        byte[] bytes = artifact(loop, version, profile).toBytes();
        EventHeaders.add(headers, Headers.MODEL_LOOP, loop);
        EventHeaders.add(headers, Headers.MODEL_ROLE, ModelRole.CHAMPION.word());
        EventHeaders.add(headers, Headers.MODEL_VERSION, Long.toString(version));
        EventHeaders.add(headers, Headers.MODEL_SHA256, Artifact.sha256(bytes));
        producer.send(new ProducerRecord<>(
                EventType.MODEL.topic(), null, null, ModelRole.CHAMPION.key(loop), bytes, headers));
        producer.flush();
    }

    private static Artifact artifact(String loop, long version, Profile profile) {
        FeatureSpec spec = new FeatureSpec(List.of(Input.number("age", 40, 10, false)), List.of(), false);
        Provenance provenance = new Provenance(
                new Provenance.Dataset("none", 0, "00", Map.of(), null, null),
                spec.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("17", "Linux", "x86_64", 1, "none"),
                Instant.EPOCH,
                new Provenance.Trigger("none", "person"));
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                loop,
                version,
                ModelDescription.BANDIT,
                "linear",
                new LinearLayout(),
                List.of("a", "b"),
                spec,
                Map.of(),
                provenance,
                profile);
        int width = spec.width();
        return Artifact.of(
                description,
                List.of(
                        Tensor.of("weight", new float[2 * width], 2, width),
                        Tensor.of("bias", new float[] {0.7f, 0.2f}, 2)));
    }

    public void flush() {
        producer.flush();
    }

    /** All that transactions have committed to a topic so far. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                UUID.randomUUID().toString(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Events of one loop, by the key of their records. */
    public <T> List<T> read(EventType type, String loop, Class<T> event) {
        return read(type.topic()).stream()
                .filter(record -> loop.equals(record.key()))
                .map(record -> Json.read(record.value(), event))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
