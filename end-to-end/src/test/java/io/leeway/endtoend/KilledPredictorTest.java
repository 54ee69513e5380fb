package io.leeway.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.contracts.Action;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.stack.Broker;
import io.leeway.stack.PartState.Condition;
import io.leeway.stack.Ports;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.net.URI;
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
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A predictor and its broker are killed under load: what was answered is in the log, and once in what is learned from. */
class KilledPredictorTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String PREDICTOR = Service.PREDICTION.moduleName();
    private static final String LOOP = "killed";
    private static final int CALLERS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private volatile boolean calling = true;

    @Test
    void nothingAnsweredIsLostOrCountedTwice() throws Exception {
        try (Supervisor stack = Supervisor.start(plan(), part -> {})) {
            makeLoop(stack);
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Thread(() -> call(stack.url(Service.PREDICTION), "caller-" + i)))
                    .toList();
            callers.forEach(Thread::start);
            killAndAwaitAnswers(stack);
            stack.kill(Broker.NAME);
            awaitMoreAnswers(300);
            killAndAwaitAnswers(stack);
            calling = false;
            for (Thread caller : callers) {
                caller.join();
            }
            await().atMost(LONG).until(() -> isUp(stack, Broker.NAME) && backlogIsShipped(stack));
            report(stack);
        }
    }

    private static StackPlan plan() {
        Path root = Repository.root();
        List<ServicePlan> services = List.of(
                ServicePlan.of(Service.PREDICTION, root, Ports.free()),
                ServicePlan.of(Service.FEEDBACK, root, Ports.free()));
        for (Service service : List.of(Service.PREDICTION, Service.FEEDBACK)) {
            Path packaged = root.resolve(service.moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
            assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + service.moduleName());
        }
        StackPlan any = StackPlan.demo(root, "killed");
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

    private void killAndAwaitAnswers(Supervisor stack) {
        awaitMoreAnswers(300);
        stack.kill(PREDICTOR);
        awaitMoreAnswers(300);
    }

    private void awaitMoreAnswers(int more) {
        int before = answered.size();
        await().atMost(LONG).until(() -> answered.size() >= before + more);
    }

    /** Asks with ids of its own; an id that was not answered is asked again, as a careful caller does. */
    private void call(URI predictor, String name) {
        for (int i = 0; calling; ) {
            String eventId = name + "-" + i;
            if (isAnswered(predictor, eventId)) {
                answered.add(eventId);
                i++;
            }
        }
    }

    private boolean isAnswered(URI predictor, String eventId) {
        HttpRequest request = HttpRequest.newBuilder(predictor.resolve("/v1/loops/" + LOOP + "/decisions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"eventId\":\"" + eventId + "\",\"context\":{\"x\":" + eventId.length() + "}}"))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void makeLoop(Supervisor stack) throws Exception {
        Instant now = Instant.now();
        RewardSettings quick = new RewardSettings(Duration.ofSeconds(2), null, null, null, null, null, null);
        LoopSettings settings = new LoopSettings(
                LoopKind.BANDIT, null, List.of(Action.of("a"), Action.of("b")), quick, null, null, null, null);
        Loop loop = new Loop(LOOP, 1, "salt", settings, null, now, now, null);
        Map<String, Object> producerSettings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var producer = new KafkaProducer<>(producerSettings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.LOOPS, LOOP, Json.bytes(loop)))
                    .get();
        }
    }

    private static boolean isUp(Supervisor stack, String name) {
        return stack.parts().stream().anyMatch(part -> part.name().equals(name) && part.condition() == Condition.UP);
    }

    private boolean backlogIsShipped(Supervisor stack) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        stack.url(Service.PREDICTION).resolve("/q/health/ready"))
                .build();
        String health = http.send(request, BodyHandlers.ofString(UTF_8)).body();
        return health.replace(" ", "").contains("\"backlogRecords\":0,");
    }

    private void report(Supervisor stack) throws SQLException {
        String broker = stack.bootstrapServers();
        Map<String, Integer> decisions = keys(broker, Topics.DECISIONS);
        await().atMost(LONG).until(() -> keys(broker, Topics.FEEDBACK).size() >= decisions.size());
        await().atMost(LONG).until(() -> rows(stack).size() >= decisions.size());
        Map<String, Integer> feedback = keys(broker, Topics.FEEDBACK);
        Set<String> lost = new HashSet<>(answered);
        lost.removeAll(feedback.keySet());
        lost.addAll(answered.stream().filter(id -> !decisions.containsKey(id)).toList());
        System.out.printf(
                "decisions answered %d; lost %d; on their topic %d, %d of them twice; doubled after the logger %d%n",
                answered.size(), lost.size(), decisions.size(), doubled(decisions), doubled(feedback));
        assertThat(lost).isEmpty();
        assertThat(doubled(feedback)).isZero();
        assertThat(rows(stack)).containsAll(answered).doesNotHaveDuplicates();
    }

    private static long doubled(Map<String, Integer> counts) {
        return counts.values().stream().filter(count -> count > 1).count();
    }

    private static List<String> rows(Supervisor stack) throws SQLException {
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
}
