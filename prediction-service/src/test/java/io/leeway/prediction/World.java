package io.leeway.prediction;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.Topics;
import io.leeway.core.model.Artifact;
import io.leeway.stack.testing.LocalStack;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What is around the service in a test: the other services as far as they write to Kafka, and callers. */
public final class World {
    private World() {}

    /** Long enough for a machine that is busy with something else; a test that fails waits this long, others do not. */
    public static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    /** Makes or changes a loop, unless an earlier test did, and waits until the service knows it. */
    public static void loop(Loop loop) {
        if (revision(loop.name()) >= loop.revision()) {
            return;
        }
        write(new ProducerRecord<>(Topics.LOOPS, loop.name(), Json.bytes(loop)));
        eventually().until(() -> revision(loop.name()) == loop.revision());
    }

    private static long revision(String loop) {
        var answer = given().get("/v1/loops/" + loop);
        return answer.statusCode() == 200 ? answer.jsonPath().getLong("revision") : 0;
    }

    /** Publishes a model and waits until it is the one that answers. */
    public static void champion(Artifact artifact, long version) {
        publish(artifact, ModelRole.CHAMPION, version);
        awaitVersion(artifact.description().loop(), version);
    }

    public static void publish(Artifact artifact, ModelRole role, long version) {
        byte[] bytes = artifact.toBytes();
        publish(artifact.description().loop(), role, version, Artifact.sha256(bytes), bytes);
    }

    public static void publish(String loop, ModelRole role, long version, String sha256, byte[] bytes) {
        publish(LocalStack.sharedBroker().bootstrapServers(), loop, role, version, sha256, bytes);
    }

    public static void publish(
            String bootstrapServers, String loop, ModelRole role, long version, String sha256, byte[] bytes) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.MODELS, role.key(loop), bytes);
        header(record, Headers.MODEL_LOOP, loop);
        header(record, Headers.MODEL_ROLE, role.word());
        header(record, Headers.MODEL_VERSION, Long.toString(version));
        header(record, Headers.MODEL_SHA256, sha256);
        write(bootstrapServers, record);
    }

    public static void awaitVersion(String loop, long version) {
        eventually().until(() -> version(loop) == version);
    }

    /** The version that answers; 0 before there is a model. */
    public static long version(String loop) {
        return given().get("/v1/loops/" + loop + "/model").jsonPath().getLong("version");
    }

    public static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json")
                .body(body)
                .when()
                .post(path)
                .then();
    }

    public static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    public static void write(ProducerRecord<String, byte[]> record) {
        write(LocalStack.sharedBroker().bootstrapServers(), record);
    }

    public static void write(String bootstrapServers, ProducerRecord<String, byte[]> record) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 9 << 20);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sets the size of the largest record that a topic takes, and waits until a larger one is refused. */
    public static void limitRecords(String topic, int bytes) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.sharedBroker().bootstrapServers());
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        try (Admin admin = Admin.create(settings)) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        eventually().until(() -> refuses(topic, bytes + 1));
    }

    private static boolean refuses(String topic, int bytes) {
        try {
            write(new ProducerRecord<>(topic, "a probe", new byte[bytes]));
            return false;
        } catch (IllegalStateException e) {
            if (e.getCause().getCause() instanceof RecordTooLargeException) {
                return true;
            }
            throw e;
        }
    }

    /** Waits for the first record of a topic that fits. */
    public static ConsumerRecord<String, byte[]> awaitRecord(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return eventually()
                .until(() -> read(topic).stream().filter(wanted).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }

    /** What a key has on a topic, once everything that was answered has been shipped. */
    public static List<ConsumerRecord<String, byte[]>> withKey(String topic, String key) {
        eventually().until(() -> backlogRecords() == 0);
        return read(topic).stream().filter(record -> key.equals(record.key())).toList();
    }

    private static int backlogRecords() {
        return given().get("/q/health/ready")
                .jsonPath()
                .getInt("checks.find { it.name == 'journal' }.data.backlogRecords");
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic) {
        return read(LocalStack.sharedBroker().bootstrapServers(), topic);
    }

    public static List<ConsumerRecord<String, byte[]>> read(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
