package io.leeway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.contracts.Action;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.core.model.Artifact;
import io.leeway.stack.PartState.Condition;
import io.leeway.stack.Ports;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker, a database, a predictor and a logger; what the predictor answered, and what became of it in the log. Asking is thread
 * safe.
 */
final class LoggedDecisions implements AutoCloseable {
    static final String PREDICTOR = Service.PREDICTION.moduleName();
    static final String LOOP = "killed";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Supervisor stack;

    private LoggedDecisions(Supervisor stack) {
        this.stack = stack;
    }

    static LoggedDecisions start(String name) throws Exception {
        LoggedDecisions started = new LoggedDecisions(Supervisor.start(plan(name), part -> {}));
        started.makeLoop();
        return started;
    }

    private static StackPlan plan(String name) {
        Path root = Repository.root();
        List<ServicePlan> services = List.of(
                ServicePlan.of(Service.PREDICTION, root, Ports.free()),
                ServicePlan.of(Service.FEEDBACK, root, Ports.free()));
        for (Service service : List.of(Service.PREDICTION, Service.FEEDBACK)) {
            Path packaged = root.resolve(service.moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
            assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + service.moduleName());
        }
        StackPlan any = StackPlan.demo(root, name);
        return new StackPlan(
                any.home(),
                any.cacheDir(),
                any.brokerPort(),
                any.databasePort(),
                TopicSetup.DEFAULT_PARTITIONS,
                true,
                any.jvmOptions(),
                services);
    }

    Supervisor stack() {
        return stack;
    }

    int answered() {
        return answered.size();
    }

    /** Whether the decision was answered; then it has to be in the log. */
    boolean ask(String eventId, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        stack.url(Service.PREDICTION).resolve("/v1/loops/" + LOOP + "/decisions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{\"eventId\":\"" + eventId + "\"," + body + "}"))
                .build();
        try {
            boolean success = http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            if (success) {
                answered.add(eventId);
            }
            return success;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Publishes a champion that prefers an action. */
    void publish(long version, String preferred) throws Exception {
        byte[] bytes = TestModel.preferring(LOOP, preferred, "a", "b").toBytes();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.MODELS, ModelRole.CHAMPION.key(LOOP), bytes);
        Map.of(
                        Headers.MODEL_LOOP, LOOP,
                        Headers.MODEL_ROLE, ModelRole.CHAMPION.word(),
                        Headers.MODEL_VERSION, Long.toString(version),
                        Headers.MODEL_SHA256, Artifact.sha256(bytes))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        send(record);
    }

    /** What serves, as the predictor says it; empty while it is away. */
    String served() {
        try {
            String answer = get("/v1/loops/" + LOOP + "/model");
            return answer.replaceAll("(?s).*\"version\":(\\d+).*\"sha256\":\"([0-9a-f]+)\".*", "$1 $2");
        } catch (IOException e) {
            return "";
        }
    }

    private String get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            stack.url(Service.PREDICTION).resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.ofString(UTF_8)).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private void makeLoop() throws Exception {
        Instant now = Instant.now();
        RewardSettings quick = new RewardSettings(Duration.ofSeconds(2), null, null, null, null, null, null);
        LoopSettings settings = LoopSettings.builder(LoopKind.BANDIT)
                .actions(List.of(Action.of("a"), Action.of("b")))
                .reward(quick)
                .build();
        Loop loop = new Loop(LOOP, 1, "salt", settings, null, now, now, null);
        send(new ProducerRecord<>(Topics.LOOPS, LOOP, Json.bytes(loop)));
    }

    boolean isUp(String name) {
        return stack.parts().stream().anyMatch(part -> part.name().equals(name) && part.condition() == Condition.UP);
    }

    boolean backlogIsShipped() {
        try {
            return get("/q/health/ready").replace(" ", "").contains("\"backlogRecords\":0,");
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for the logger, prints what became of the answers, and requires that all of them are there once. */
    void report(Duration patience) throws SQLException {
        String broker = stack.bootstrapServers();
        Map<String, Integer> decisions = keys(broker, Topics.DECISIONS);
        await().atMost(patience).until(() -> keys(broker, Topics.FEEDBACK).size() >= decisions.size());
        await().atMost(patience).until(() -> rows().size() >= decisions.size());
        Map<String, Integer> feedback = keys(broker, Topics.FEEDBACK);
        Set<String> lost = new HashSet<>(answered);
        lost.removeAll(feedback.keySet());
        lost.addAll(answered.stream().filter(id -> !decisions.containsKey(id)).toList());
        System.out.printf(
                "decisions answered %d; lost %d; on their topic %d, %d of them twice; doubled after the logger %d%n",
                answered.size(), lost.size(), decisions.size(), doubled(decisions), doubled(feedback));
        assertThat(lost).isEmpty();
        assertThat(doubled(feedback)).isZero();
        List<String> rows = rows();
        Set<String> distinct = new HashSet<>(rows);
        // As sets: lists of hundreds of thousands are compared in their square.
        assertThat(distinct).hasSameSizeAs(rows);
        assertThat(distinct.containsAll(answered)).as("all in the database").isTrue();
    }

    private static long doubled(Map<String, Integer> counts) {
        return counts.values().stream().filter(count -> count > 1).count();
    }

    private List<String> rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(stack.jdbcUrl(), "leeway", "leeway");
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select event_id from projection.decision where loop = '" + LOOP + "'")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static Map<String, Integer> keys(String bootstrapServers, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toList());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<String, Integer> counts = new HashMap<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> counts.merge(record.key(), 1, Integer::sum));
            }
            return counts;
        }
    }

    @Override
    public void close() {
        stack.close();
    }
}
