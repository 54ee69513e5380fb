package io.leeway.endtoend.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Job;
import io.leeway.stack.Broker;
import io.leeway.stack.Database;
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
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker, a database and a training-service that a test can kill at a place of its choice. */
final class TrainingAlone implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(180);

    private static final String NAME = Service.TRAINING.moduleName();
    /** What the triggers of {@link #holdAt} wait for. */
    private static final long LOCK = 4711;

    private final HttpClient http = HttpClient.newHttpClient();
    private final StackPlan plan;
    private final int firstPort;
    private Supervisor stack;
    private Connection holder;

    private TrainingAlone(StackPlan plan, int firstPort) {
        this.plan = plan;
        this.firstPort = firstPort;
        this.stack = Supervisor.start(plan, part -> {});
    }

    static TrainingAlone start(Path root, Path home) {
        Path packaged = root.resolve(NAME).resolve("target/quarkus-app/quarkus-run.jar");
        assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + NAME);
        int port = Ports.free();
        ServicePlan training = ServicePlan.of(Service.TRAINING, root, port)
                .withEnvironment("TRAINING_SERVICE_JOBS_LEASE", "PT3S")
                .withEnvironment("TRAINING_SERVICE_TRAINER_SPARES", "0")
                .withEnvironment("TRAINING_SERVICE_TRAINER_ENGINE", "java");
        StackPlan any = StackPlan.demo(root, "killed-training");
        StackPlan plan = new StackPlan(
                home,
                any.cacheDir(),
                any.brokerPort(),
                any.databasePort(),
                TopicSetup.DEFAULT_PARTITIONS,
                true,
                any.jvmOptions(),
                List.of(training));
        return new TrainingAlone(plan, port - 2);
    }

    /** Stops all of it, and starts it again with the database and the service's own files, but with a broker that is empty. */
    void loseKafka() throws IOException {
        stack.close();
        Path data = plan.home().resolve(Broker.NAME);
        assumeTrue(Files.isDirectory(data), "must be where the broker keeps its data: " + data);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        stack = Supervisor.start(
                new StackPlan(
                        plan.home(),
                        plan.cacheDir(),
                        plan.brokerPort(),
                        plan.databasePort(),
                        plan.partitions(),
                        false,
                        plan.jvmOptions(),
                        plan.services()),
                part -> {});
    }

    /** The command line counts the four services' ports from the first on; ours is the third. */
    String url() {
        return "http://" + Ports.HOST + ":" + firstPort;
    }

    String jdbcUrl() {
        return stack.jdbcUrl();
    }

    LeewayClient client() {
        return new LeewayClient(Addresses.of(url()));
    }

    void makeLoop(String loop, String training) {
        client().putLoop(loop, Json.read("{\"kind\":\"bandit\",\"training\":" + training + "}", LoopSettings.class));
    }

    String retrain(String loop) throws Exception {
        return Json.read(call("POST", "/v1/loops/" + loop + "/retrain", "{}"), Job.class)
                .jobId();
    }

    Job job(String jobId) throws Exception {
        return Json.read(call("GET", "/v1/jobs/" + jobId, null), Job.class);
    }

    /** Calls that fail, as they do while the service is down, are made again. */
    Job await(String jobId, Predicate<Job> wanted) {
        Job[] last = new Job[1];
        org.awaitility.Awaitility.await().atMost(LONG).ignoreExceptions().until(() -> {
            last[0] = job(jobId);
            return wanted.test(last[0]);
        });
        return last[0];
    }

    String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + Ports.HOST + ":" + (firstPort + 2) + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** As {@code kill -9}; the supervisor starts it again. */
    void kill() {
        stack.kill(NAME);
    }

    /** Lets whoever changes a row of the table, if the condition holds, wait for ever just before that; attempts of jobs begin at 1. */
    void holdAt(String table, String event, String condition) throws SQLException {
        holder = connect();
        query(holder, "select pg_advisory_lock(" + LOCK + ")");
        execute("create or replace function registry.hold() returns trigger language plpgsql as $$ begin"
                + " perform pg_advisory_xact_lock_shared(" + LOCK + "); return coalesce(new, old); end $$");
        execute("create trigger hold before " + event + " on registry." + table + " for each row when (" + condition
                + ") execute function registry.hold()");
    }

    /** Returns when somebody waits there. */
    void awaitHeld() {
        org.awaitility.Awaitility.await().atMost(LONG).until(() -> !"0".equals(query(HELD)));
    }

    /** Ends what the killed service had begun in the database, as the database does by itself when the connection is gone. */
    void letGo(String table) throws SQLException {
        query(
                "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and not granted and objid = "
                        + LOCK);
        org.awaitility.Awaitility.await().atMost(LONG).until(() -> "0".equals(query(HELD)));
        execute("drop trigger hold on registry." + table);
        holder.close();
    }

    private static final String HELD =
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = " + LOCK;

    String query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(stack.jdbcUrl(), Database.USER, Database.USER);
    }

    /** Decisions between two actions of which a number says which one is better. */
    void writeFeedback(String loop, int rows) {
        writeFeedback(loop, 0, rows);
    }

    /** @param first number of the first of them */
    void writeFeedback(String loop, int first, int rows) {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        Random random = new Random(loop.hashCode() + first);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = first; i < first + rows; i++) {
                Feedback feedback = feedback(loop, i, random);
                producer.send(new ProducerRecord<>(Topics.FEEDBACK, feedback.eventId(), Json.bytes(feedback)));
            }
        }
    }

    private static Feedback feedback(String loop, int number, Random random) {
        Instant time = Instant.now().minusSeconds(3600).plusMillis(number);
        double x = 2 * random.nextDouble() - 1;
        int action = random.nextInt(2);
        double reward = (action == 1) == (x > 0) ? 0.5 + 0.4 * Math.abs(x) : 0.5 - 0.4 * Math.abs(x);
        List<ActionProbability> probabilities =
                List.of(new ActionProbability("a", 0.5, null), new ActionProbability("b", 0.5, null));
        String taken = action == 0 ? "a" : "b";
        Decision decision = Decision.builder(loop, loop + "-" + number, LoopKind.BANDIT, time)
                .context(Map.of("x", x))
                .actions(List.of(Action.of("a"), Action.of("b")))
                .slots(List.of(new SlotDecision("main", probabilities, taken, 0.5, 0.5)))
                .policy("uniform")
                .build();
        return Feedback.matched(decision, reward, time.plusSeconds(1));
    }

    /** Records of a key of a topic, oldest first. */
    List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    @Override
    public void close() {
        stack.close();
    }
}
