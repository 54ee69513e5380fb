package io.leeway.endtoend.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.cli.Leeway;
import io.leeway.contracts.Json;
import io.leeway.contracts.StepState;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.AuditVerdict;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * training-service is killed with -9 at every stage of a job. Its lease is taken over, and each job has its effects once: one version,
 * one change of the role, the same model on the topic. Then the registry that all this made is backed up and restored.
 */
@TestMethodOrder(OrderAnnotation.class)
class KilledTrainingTest {
    private static final String LINEAR = "{\"learner\":\"linear\",\"minimumFeedback\":300}";

    @TempDir
    static Path folder;

    private static TrainingAlone training;

    @BeforeAll
    static void start() {
        training = TrainingAlone.start(io.leeway.endtoend.Repository.root(), folder.resolve("stack"));
    }

    @AfterAll
    static void stop() {
        if (training != null) {
            training.close();
        }
    }

    @Test
    @Order(1)
    void whileOneJobReadsFeedbackAndAnotherIsQueued() throws Exception {
        training.makeLoop("ingesting", LINEAR);
        String running = training.retrain("ingesting");
        training.await(running, job -> !job.steps().isEmpty());
        String queued = training.retrain("ingesting");
        training.kill();
        training.writeFeedback("ingesting", 300);
        Job first = training.await(running, job -> job.state().ended());
        assertThat(first.state()).as(first.message()).isEqualTo(StepState.DONE);
        assertThat(first.attempts()).isEqualTo(2);
        Job second = training.await(queued, job -> job.state().ended());
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.modelVersion()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void whileItTrains() throws Exception {
        String patient = "{\"learner\":\"dl4j\",\"minimumFeedback\":300,\"epochs\":%d,\"hiddenLayers\":[64,64]}";
        training.makeLoop("training", patient.formatted(1000));
        training.writeFeedback("training", 12_000);
        String job = training.retrain("training");
        Job trains = training.await(
                job,
                now -> now.state().ended()
                        || now.steps().stream()
                                .anyMatch(step ->
                                        step.message() != null && step.message().startsWith("epoch")));
        assertThat(trains.state()).as("it trains yet: " + trains.message()).isEqualTo(StepState.RUNNING);
        training.kill();
        training.await(job, now -> true);
        training.makeLoop("training", patient.formatted(2));
        once("training", job, 2);
    }

    @Test
    @Order(3)
    void whileItsGatesJudge() throws Exception {
        killedAt(
                "gating",
                "jobs",
                "update",
                "new.loop = 'gating' and new.attempts = 1 and new.steps -> -1 ->> 'step' = 'Deployer'",
                2);
    }

    @Test
    @Order(4)
    void whileItDeploys() throws Exception {
        killedAt("deploying", "roles", "insert", "new.loop = 'deploying'", 2);
    }

    @Test
    @Order(5)
    void whileItPublishes() throws Exception {
        // The broker has the model, the registry does not know it yet.
        killedAt("publishing", "outbox", "delete", "old.key = 'publishing/champion'", 1);
        List<ConsumerRecord<String, byte[]>> told = training.records(Topics.MODELS, "publishing/champion");
        assertThat(told).as("at least once").hasSizeGreaterThan(1);
        assertThat(told).allSatisfy(record -> assertThat(record.value())
                .isEqualTo(told.get(0).value()));
    }

    private static void killedAt(String loop, String table, String event, String condition, int attempts)
            throws Exception {
        training.makeLoop(loop, LINEAR);
        training.writeFeedback(loop, 300);
        training.holdAt(table, event, condition);
        String job = training.retrain(loop);
        training.awaitHeld();
        training.kill();
        training.letGo(table);
        once(loop, job, attempts);
    }

    /** The job has ended well, and what it did was done once. */
    private static void once(String loop, String jobId, int attempts) throws Exception {
        Job job = training.await(jobId, now -> now.state().ended());
        assertThat(job.state()).as(job.message()).isEqualTo(StepState.DONE);
        assertThat(job.attempts()).isEqualTo(attempts);
        ModelVersion[] versions =
                Json.read(training.call("GET", "/v1/loops/" + loop + "/versions", null), ModelVersion[].class);
        assertThat(versions).hasSize(1);
        assertThat(versions[0].roles()).containsExactly("champion");
        assertThat(training.query("select count(*) from registry.role_history where loop = '" + loop + "'"))
                .isEqualTo("1");
        await().atMost(TrainingAlone.LONG)
                .until(() -> "0".equals(training.query("select count(*) from registry.outbox")));
        byte[] artifact = artifact(loop);
        assertThat(training.records(Topics.MODELS, loop + "/champion"))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.value()).isEqualTo(artifact));
    }

    private static byte[] artifact(String loop) throws Exception {
        String hex = training.query("select encode(bytes, 'hex') from registry.artifacts where loop = '" + loop + "'");
        return HexFormat.of().parseHex(hex);
    }

    @Test
    @Order(6)
    void theRegistryIsBackedUpAndRestored() throws Exception {
        Path file = folder.resolve("registry.backup");
        assertThat(run("backup", file.toString(), "--database", training.jdbcUrl())
                        .status())
                .isZero();
        String before = state();
        assertThat(restore(file).text()).contains("--overwrite");
        assertThat(state()).isEqualTo(before);
        // What happens after the backup is gone with the restore.
        training.call("DELETE", "/v1/loops/gating?confirm=gating", null);
        training.makeLoop("later", LINEAR);
        await().atMost(TrainingAlone.LONG)
                .until(() -> training.records(Topics.LOOPS, "later").size() == 1);
        refusesWhatIsNotWhole(file);
        Ran restored = restore(file, "--overwrite");
        assertThat(restored.status()).as(restored.text()).isZero();
        assertThat(state()).isEqualTo(before);
        await().atMost(TrainingAlone.LONG).untilAsserted(() -> {
            assertThat(last(Topics.LOOPS, "gating").value()).isNotNull();
            assertThat(last(Topics.MODELS, "gating/champion").value()).isEqualTo(artifact("gating"));
            assertThat(last(Topics.LOOPS, "later").value())
                    .as("the backup did not know it")
                    .isNull();
        });
        AuditVerdict audit = Json.read(training.call("GET", "/v1/loops/gating/audit/verify", null), AuditVerdict.class);
        assertThat(audit.intact()).isTrue();
        // Numbers that the database gives go on.
        training.makeLoop("after", LINEAR);
        training.call("PUT", "/v1/loops/gating/freeze", "{\"action\":\"a\"}");
        assertThat(training.query("select count(*) from registry.audit where loop = 'after'"))
                .isEqualTo("1");
    }

    private static void refusesWhatIsNotWhole(Path file) throws Exception {
        String text;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String state = state();
        Path broken = folder.resolve("broken");
        byte[] zipped = Files.readAllBytes(file);
        Files.write(broken, Arrays.copyOf(zipped, zipped.length - 100));
        assertThat(restore(broken, "--overwrite").text()).contains("must be as it was written");
        int end = text.lastIndexOf("\n{") + 1;
        String rows = text.substring(0, end);
        String foot = text.substring(end);
        String forged = rows.replaceFirst("made the loop", "made a loop");
        Files.writeString(broken, forged + foot);
        assertThat(restore(broken, "--overwrite").text()).contains("its hash is");
        Files.writeString(broken, rows);
        assertThat(restore(broken, "--overwrite").text()).contains("its end is missing");
        Files.writeString(broken, text.replaceFirst("\"version\":1", "\"version\":9"));
        assertThat(restore(broken, "--overwrite").text()).contains("must be of version 1");
        Files.writeString(broken, "eventId,reward\n");
        assertThat(restore(broken, "--overwrite").text()).contains("must be a backup of the registry");
        // Somebody who knows the form can make the file's hash fit, but not the audit log's.
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(forged.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(
                broken, forged + foot.replaceFirst("\"sha256\":\"[0-9a-f]+\"", "\"sha256\":\"" + sha256 + "\""));
        assertThat(restore(broken, "--overwrite").text()).contains("must continue the chain of audit");
        assertThat(state()).as("nothing was changed").isEqualTo(state);
    }

    private static ConsumerRecord<String, byte[]> last(String topic, String key) {
        List<ConsumerRecord<String, byte[]>> all = training.records(topic, key);
        return all.get(all.size() - 1);
    }

    /** Everything that the registry holds, but for what is on its way. */
    private static String state() throws Exception {
        StringBuilder state = new StringBuilder();
        for (String table : List.of(
                "loops",
                "versions",
                "artifacts",
                "roles",
                "role_history",
                "audit",
                "jobs",
                "rollouts",
                "checkpoints")) {
            state.append(table)
                    .append(' ')
                    .append(training.query(
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')"
                                    + " from registry." + table + " t"))
                    .append('\n');
        }
        return state.toString();
    }

    private static Ran restore(Path file, String... more) {
        String[] words = {"restore", file.toString(), "--database", training.jdbcUrl(), "--url", training.url()};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run(all);
    }

    private record Ran(int status, String text) {}

    private static Ran run(String... words) {
        java.io.PrintStream out = System.out;
        java.io.PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        java.io.PrintStream both = new java.io.PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            return new Ran(Leeway.run(words), bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
