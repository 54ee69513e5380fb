package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.cli.Root;
import io.leeway.contracts.Canary;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.Topics;
import io.leeway.core.model.Artifact;
import io.leeway.stack.PartState;
import io.leeway.stack.Ports;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A prediction service of its own with a broker of its own, on free ports, and what is known of its process. */
final class ServerUnderTest implements AutoCloseable {
    private static final Pattern ALLOCATED = Pattern.compile("(?m)^jvm_gc_memory_allocated_bytes_total\\S* (\\S+)$");
    private static final Pattern EVENT_ID = Pattern.compile("\"eventId\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supervisor supervisor;
    private final KafkaProducer<String, byte[]> producer;
    private final URI uri;
    private final long pid;

    private ServerUnderTest(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.uri = supervisor.url(Service.PREDICTION);
        this.pid = supervisor.parts().stream()
                .filter(part -> part.name().equals(Service.PREDICTION.moduleName()))
                .map(PartState::process)
                .findFirst()
                .orElseThrow()
                .pid();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", supervisor.bootstrapServers(), "max.request.size", 9 << 20),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static ServerUnderTest start() {
        Path folder = Root.path().resolve(StackPlan.FOLDER);
        ServicePlan service = ServicePlan.of(Service.PREDICTION, Root.path(), Ports.free())
                .withEnvironment("PREDICTION_SERVICE_BASELINES", "true")
                .withEnvironment("PREDICTION_SERVICE_MOST_PER_SECOND", "10000000");
        Supervisor supervisor = Supervisor.start(
                new StackPlan(
                        folder.resolve("bench-serving"),
                        folder.resolve("cache"),
                        Ports.free(),
                        Ports.free(),
                        TopicSetup.DEFAULT_PARTITIONS,
                        true,
                        List.of(),
                        List.of(service)),
                part -> {});
        try {
            ShortMemory.of(supervisor.bootstrapServers());
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
        return new ServerUnderTest(supervisor);
    }

    URI uri() {
        return uri;
    }

    static String decisions(String loop) {
        return "/v1/loops/" + loop + "/decisions";
    }

    /** Makes a loop that explores as loops do by default. */
    void loop(String name) throws IOException {
        loop(name, null);
    }

    /** The same with a share for a challenger; null for none. */
    void loop(String name, Canary canary) throws IOException {
        Instant now = Instant.now();
        LoopSettings settings = LoopSettings.of(LoopKind.BANDIT);
        send(new ProducerRecord<>(
                Topics.LOOPS, name, Json.bytes(new Loop(name, 1, "salt", settings, null, canary, now, now, null))));
        await("/v1/loops/" + name, "\"revision\":1");
    }

    /** Publishes a champion and returns once it serves. */
    void champion(String loop, Artifact artifact, long version) throws IOException {
        serve(loop, ModelRole.CHAMPION, artifact, version);
    }

    /** Publishes a model and returns once it has its role. */
    void serve(String loop, ModelRole role, Artifact artifact, long version) throws IOException {
        publish(loop, role, artifact.toBytes(), version);
        await("/v1/loops/" + loop + "/model", "\"version\":" + version);
    }

    void publish(String loop, ModelRole role, byte[] bytes, long version) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.MODELS, role.key(loop), bytes);
        record.headers().add(Headers.MODEL_LOOP, loop.getBytes(UTF_8));
        record.headers().add(Headers.MODEL_ROLE, role.word().getBytes(UTF_8));
        record.headers().add(Headers.MODEL_VERSION, Long.toString(version).getBytes(UTF_8));
        record.headers().add(Headers.MODEL_SHA256, Artifact.sha256(bytes).getBytes(UTF_8));
        send(record);
    }

    private void send(ProducerRecord<String, byte[]> record) {
        Confirmed.await(producer.send(record));
    }

    /** Decides each body once, and gives an answer and all the records to the baselines. */
    void prime(String loop, byte[][] bodies) throws IOException {
        try (Connection connection = new Connection(uri)) {
            Set<String> eventIds = new HashSet<>();
            for (byte[] body : bodies) {
                require(connection.call(Connection.request("POST", decisions(loop), body)));
                Matcher eventId = EVENT_ID.matcher(new String(connection.body(), UTF_8));
                if (!eventId.find()) {
                    throw new IllegalStateException("must name its event id: loop=" + loop);
                }
                eventIds.add(eventId.group(1));
            }
            require(connection.call(Connection.request("PUT", "/baselines/answer", connection.body())));
            require(connection.call(Connection.request("DELETE", "/baselines/record", new byte[0])));
            for (byte[] record : records(eventIds)) {
                require(connection.call(Connection.request("PUT", "/baselines/record", record)));
            }
        }
    }

    private List<byte[]> records(Set<String> eventIds) {
        Map<String, Object> settings = Map.of("bootstrap.servers", supervisor.bootstrapServers());
        List<byte[]> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.DECISIONS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            for (TopicPartition partition : partitions) {
                consumer.seek(partition, Math.max(0, consumer.position(partition) - eventIds.size()));
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (records.size() < eventIds.size() && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (eventIds.contains(record.key())) {
                        records.add(record.value());
                    }
                }
            }
        }
        if (records.size() < eventIds.size()) {
            throw new IllegalStateException(
                    "must be on the topic: " + eventIds.size() + " decisions, found " + records.size());
        }
        return records;
    }

    private static void require(int status) {
        if (status >= 300) {
            throw new IllegalStateException("must be a success: status=" + status);
        }
    }

    private void await(String path, String wanted) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!get(path).contains(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("must come to say " + wanted + ": GET " + path);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String get(String path) throws IOException {
        try (Connection connection = new Connection(uri)) {
            connection.call(Connection.request("GET", path, new byte[0]));
            return new String(connection.body(), UTF_8);
        }
    }

    /** CPU that the service's process has used since its start. */
    double cpuSeconds() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    /** Bytes that the service has allocated, as its collector counts them; 0 where it does not. */
    double allocatedBytes() throws IOException {
        Matcher allocated = ALLOCATED.matcher(get("/q/metrics"));
        return allocated.find() ? Double.parseDouble(allocated.group(1)) : 0;
    }

    @Override
    public void close() {
        producer.close();
        supervisor.close();
    }
}
