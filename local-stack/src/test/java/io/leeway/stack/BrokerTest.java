package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsRecordsWhenKilledAndWhenStopped() throws Exception {
        try (Broker first = start()) {
            TopicSetup.create(first.bootstrapServers());
            send(first, Topics.DECISIONS, bytes("before the kill"));
            first.process().kill();
        }
        try (Broker second = start()) {
            TopicSetup.create(second.bootstrapServers());
            send(second, Topics.DECISIONS, bytes("before the stop"));
        }
        try (Broker third = start()) {
            assertThat(read(third, Topics.DECISIONS)).containsOnly("before the kill", "before the stop");
            keepsASecondBrokerOut(third);
        }
    }

    @Test
    void namesATakenPort() {
        int port = Ports.free();
        try (var holder = TakenPort.hold(port)) {
            assertThatThrownBy(() ->
                            Broker.start(folder, holder.port(), folder.resolve("kafka.log"), Folders.temporaryCache()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("must be free: port=" + port + " (kafka)");
        }
    }

    private void keepsASecondBrokerOut(Broker running) {
        Path log = folder.resolve("second.log");
        assertThatThrownBy(() -> Broker.start(folder.resolve("data"), Ports.free(), log, Folders.temporaryCache()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("kafka, exitStatus=")
                .hasMessageContaining("must not be in use by another process: folder=" + folder.resolve("data"));
        assertThat(running.process().alive()).isTrue();
    }

    private Broker start() {
        return Broker.start(
                folder.resolve("data"),
                Ports.free(),
                folder.resolve("kafka.log"),
                Folders.temporaryCache(),
                JavaCommand.SHORT_LIFE);
    }

    private static void send(Broker broker, String topic, byte[] value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(90, TimeUnit.SECONDS);
        }
    }

    private static Set<String> read(Broker broker, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        Set<String> values = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            long expected = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            Waiting.until(
                    "all read",
                    Duration.ofSeconds(90),
                    () -> {
                        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(Duration.ofMillis(200))) {
                            values.add(new String(polled.value(), StandardCharsets.UTF_8));
                        }
                        return values.size() >= expected;
                    },
                    values::toString);
        }
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
