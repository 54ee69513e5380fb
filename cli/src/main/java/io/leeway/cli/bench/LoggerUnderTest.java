package io.leeway.cli.bench;

import io.leeway.cli.Root;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.stack.Database;
import io.leeway.stack.PartState;
import io.leeway.stack.Ports;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A feedback logger with a broker and a database of its own, on free ports. */
final class LoggerUnderTest implements AutoCloseable {
    private static final String NAME = Service.FEEDBACK.moduleName();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PAUSE_NANOS = 200_000_000;

    private final Supervisor supervisor;
    private final KafkaProducer<String, byte[]> producer;

    private LoggerUnderTest(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        supervisor.bootstrapServers(),
                        "linger.ms",
                        10,
                        "batch.size",
                        65536,
                        "compression.type",
                        "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static LoggerUnderTest start(List<String> jvmOptions) {
        Path folder = Root.path().resolve(StackPlan.FOLDER);
        ServicePlan service = ServicePlan.of(Service.FEEDBACK, Root.path(), Ports.free());
        return new LoggerUnderTest(Supervisor.start(
                new StackPlan(
                        folder.resolve("bench-ingest"),
                        folder.resolve("cache"),
                        Ports.free(),
                        Ports.free(),
                        TopicSetup.DEFAULT_PARTITIONS,
                        true,
                        jvmOptions,
                        List.of(service)),
                part -> {}));
    }

    /** Makes a loop whose decisions wait so long. */
    void loop(String name, Duration rewardWait) {
        RewardSettings reward = new RewardSettings(rewardWait, null, null, null, null, null, null);
        LoopSettings settings =
                LoopSettings.builder(LoopKind.BANDIT).reward(reward).build();
        Instant now = Instant.now();
        Loop loop = new Loop(name, 1, "salt", settings, null, now, now, null);
        Confirmed.await(producer.send(new ProducerRecord<>(Topics.LOOPS, name, Json.bytes(loop))));
        await("loop known: " + name, () -> get("/v1/loops/" + name + "/feedback/summary")
                .contains("\"open\""));
    }

    void send(ProducerRecord<String, byte[]> record) {
        producer.send(record);
    }

    void flush() {
        producer.flush();
    }

    /** Rows of feedback written since the database was made, as it counts them itself: costs nothing, and is a second old. */
    long feedbackWritten() {
        return count(
                "select coalesce(sum(n_tup_ins), 0) from pg_stat_user_tables where relname like ?", "feedback\\_%");
    }

    /** First revisions in the database. */
    long stored(String loop) {
        return count("select count(*) from projection.feedback where loop = ? and revision = 1", loop);
    }

    /** Rows of a table of the projection. */
    long rows(String table, String loop) {
        return count("select count(*) from projection." + table + " where loop = ?", loop);
    }

    private long count(String sql, String loop) {
        try (var connection = connect();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, loop);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    java.sql.Connection connect() throws SQLException {
        return DriverManager.getConnection(supervisor.jdbcUrl(), Database.USER, Database.PASSWORD);
    }

    String bootstrapServers() {
        return supervisor.bootstrapServers();
    }

    /** Stops the logger in good order, and leaves broker and database alone. */
    void stop() {
        supervisor.stop(NAME);
    }

    /** Kills the logger as a power failure would; it is started again at once. */
    void kill() {
        supervisor.kill(NAME);
    }

    boolean ready() {
        return part(NAME).condition() == PartState.Condition.UP
                && get("/q/health/ready").contains("\"status\": \"UP\"");
    }

    long residentBytes() {
        return part(NAME).residentBytes();
    }

    /** What lives on the logger's heap after a full collection, as the JDK's own tool counts it. */
    long liveHeapBytes() {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        ProcessBuilder command = new ProcessBuilder(tool, Long.toString(pid()), "GC.class_histogram");
        try {
            Process process = command.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] total =
                    said.strip().substring(said.strip().lastIndexOf('\n') + 1).split(" +");
            if (!total[0].equals("Total")) {
                throw new IllegalStateException("must end with a total: jcmd="
                        + said.lines().findFirst().orElse(""));
            }
            return Long.parseLong(total[2]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seconds of CPU that a part has used, its children included. */
    double cpuSeconds(String name) {
        return ProcessHandle.of(part(name).process().pid()).stream()
                .flatMap(process ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(process), process.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(cpu -> cpu.toNanos() / 1e9)
                .sum();
    }

    long pid() {
        return part(NAME).process().pid();
    }

    private PartState part(String name) {
        return supervisor.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("must come about within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Empty while nobody answers. */
    private String get(String path) {
        try (Connection connection = new Connection(supervisor.url(Service.FEEDBACK))) {
            connection.call(Connection.request("GET", path, new byte[0]));
            return new String(connection.body(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        producer.close();
        supervisor.close();
    }
}
