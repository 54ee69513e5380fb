package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.cli.Root;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A training service and a predictor with a broker and a database of their own, on free ports. */
final class LearnersUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern CHECKPOINT = Pattern.compile("\"checkpoint\":\"\\d+\\+(\\d+)\"");
    private static final Pattern FEEDBACKS = Pattern.compile("\"feedbacks\":(\\d+)");
    private static final Pattern BEHIND = Pattern.compile("\"behind\":(\\d+)");

    private final Supervisor supervisor;
    private final KafkaProducer<String, byte[]> producer;

    private LearnersUnderTest(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", supervisor.bootstrapServers(), "linger.ms", 5, "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static LearnersUnderTest start() {
        Path folder = Root.path().resolve(StackPlan.FOLDER);
        return new LearnersUnderTest(Supervisor.start(
                new StackPlan(
                        folder.resolve("bench-learning"),
                        folder.resolve("cache"),
                        Ports.free(),
                        Ports.free(),
                        TopicSetup.DEFAULT_PARTITIONS,
                        true,
                        List.of(),
                        List.of(
                                ServicePlan.of(Service.PREDICTION, Root.path(), Ports.free()),
                                ServicePlan.of(Service.TRAINING, Root.path(), Ports.free())
                                        .withEnvironment("TRAINING_SERVICE_TRAINER_SPARES", "0"))),
                part -> {}));
    }

    URI predictor() {
        return supervisor.url(Service.PREDICTION);
    }

    void loop(String name, String learner) throws IOException {
        String settings =
                "{\"kind\":\"bandit\",\"reward\":{\"range\":{\"min\":-2,\"max\":3}},\"training\":{\"learner\":\""
                        + learner + "\",\"minimumFeedback\":500}}";
        call(Service.TRAINING, "PUT", "/v1/loops/" + name, settings);
    }

    void send(ProducerRecord<String, byte[]> record) {
        producer.send(record);
    }

    /** Trains a version and waits until it serves; says whether the gates let it through or the bench made it champion. */
    String firstVersion(String loop) throws IOException {
        producer.flush();
        call(Service.TRAINING, "POST", "/v1/loops/" + loop + "/retrain", "{}");
        String version = "/v1/loops/" + loop + "/versions/1";
        await(() -> get(Service.TRAINING, version).contains("\"version\":1"), "a version of " + loop);
        await(() -> get(Service.TRAINING, "/v1/jobs?loop=" + loop).contains("\"endedAt\":\""), "end of " + loop);
        boolean passed = get(Service.TRAINING, version).contains("\"champion\"");
        if (!passed) {
            call(
                    Service.TRAINING,
                    "PUT",
                    "/v1/loops/" + loop + "/roles/champion",
                    "{\"version\":1,\"reason\":\"bench\"}");
        }
        await(
                () -> get(Service.PREDICTION, "/v1/loops/" + loop + "/model").contains("\"version\":1"),
                "serving " + loop);
        return passed ? "its gates let the first version through" : "the first version was promoted by hand";
    }

    void awaitFeedbacks(String loop, long feedbacks) throws IOException {
        await(
                () -> number(FEEDBACKS, get(Service.TRAINING, "/v1/loops/" + loop + "/learner")) >= feedbacks,
                feedbacks + " feedbacks of " + loop);
    }

    long behind(String loop) throws IOException {
        return number(BEHIND, get(Service.TRAINING, "/v1/loops/" + loop + "/learner"));
    }

    /** How many feedbacks are in the checkpoint that serves; 0 while there is none. */
    long servingFeedbacks(String loop) throws IOException {
        return number(CHECKPOINT, get(Service.PREDICTION, "/v1/loops/" + loop + "/model"));
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    double trainingCpuSeconds() {
        return cpuSeconds(Service.TRAINING);
    }

    double predictionCpuSeconds() {
        return cpuSeconds(Service.PREDICTION);
    }

    private double cpuSeconds(Service service) {
        return supervisor.parts().stream()
                .filter(part -> part.name().equals(service.moduleName()))
                .map(PartState::process)
                .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(cpu -> cpu.toNanos() / 1e9)
                .sum();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, String what) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("must come about within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private String get(Service service, String path) throws IOException {
        try (Connection connection = new Connection(supervisor.url(service))) {
            connection.call(Connection.request("GET", path, new byte[0]));
            return new String(connection.body(), UTF_8);
        }
    }

    private void call(Service service, String method, String path, String body) throws IOException {
        try (Connection connection = new Connection(supervisor.url(service))) {
            int status = connection.call(Connection.request(method, path, body.getBytes(UTF_8)));
            if (status >= 300) {
                throw new IllegalStateException(method + " " + path + " must be a success: status=" + status + " "
                        + new String(connection.body(), UTF_8));
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        supervisor.close();
    }
}
