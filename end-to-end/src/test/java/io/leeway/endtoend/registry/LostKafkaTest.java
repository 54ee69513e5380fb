package io.leeway.endtoend.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.cli.Leeway;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.StepState;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.LearnerStatus;
import io.leeway.endtoend.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka's data are lost while a learner learns on: its checkpoints come back from the registry, and from a backup of it, and it goes on
 * with what comes on the new topic, though that numbers its records from 0 again.
 */
class LostKafkaTest {
    private static final String LOOP = "on";
    private static final String KEY = LOOP + "/champion";

    @TempDir
    static Path folder;

    private static TrainingAlone training;

    @BeforeAll
    static void start() {
        training = TrainingAlone.start(Repository.root(), folder.resolve("stack"));
    }

    @AfterAll
    static void stop() {
        if (training != null) {
            training.close();
        }
    }

    @Test
    void theCheckpointComesBackAndTheLearnerGoesOnWithTheNewTopic() throws Exception {
        training.makeLoop(
                LOOP, "{\"learner\":\"linear-online\",\"minimumFeedback\":300,\"modelExportFrequency\":\"PT1S\"}");
        training.writeFeedback(LOOP, 600);
        Job job = training.await(training.retrain(LOOP), now -> now.state().ended());
        assertThat(job.state()).as(job.message()).isEqualTo(StepState.DONE);
        training.writeFeedback(LOOP, 600, 300);
        awaitCheckpoint("1+900");
        ConsumerRecord<String, byte[]> before = newest("900");

        Path backup = folder.resolve("registry.backup");
        assertThat(Leeway.run("backup", backup.toString(), "--database", training.jdbcUrl()))
                .isZero();
        String checkpoints = checkpoints();
        assertThat(checkpoints).doesNotStartWith("0 ");
        training.execute("delete from registry.checkpoints");
        assertThat(Leeway.run(
                        "restore",
                        backup.toString(),
                        "--overwrite",
                        "--database",
                        training.jdbcUrl(),
                        "--url",
                        training.url()))
                .isZero();
        assertThat(checkpoints()).isEqualTo(checkpoints);

        training.loseKafka();
        assertThat(newest("900").value()).isEqualTo(before.value());
        LearnerStatus kept = learner();
        assertThat(kept.feedbacks()).as("what has been learned stays").isEqualTo(900);
        training.writeFeedback(LOOP, 900, 60);
        awaitCheckpoint("1+960");
        assertThat(newest("960").value()).isNotEqualTo(before.value());
    }

    private static void awaitCheckpoint(String name) {
        await().atMost(TrainingAlone.LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(learner().checkpoint()).isEqualTo(name));
    }

    private static LearnerStatus learner() throws Exception {
        return Json.read(training.call("GET", "/v1/loops/" + LOOP + "/learner", null), LearnerStatus.class);
    }

    /** What predictors serve, which is the checkpoint after so many feedbacks. */
    private static ConsumerRecord<String, byte[]> newest(String feedbacks) {
        return await().atMost(TrainingAlone.LONG)
                .until(
                        () -> {
                            List<ConsumerRecord<String, byte[]>> records = training.records(Topics.MODELS, KEY);
                            return records.isEmpty() ? null : records.get(records.size() - 1);
                        },
                        record -> record != null && feedbacks.equals(checkpoint(record)));
    }

    private static String checkpoint(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(Headers.MODEL_CHECKPOINT);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String checkpoints() throws Exception {
        return training.query("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')"
                + " from registry.checkpoints t");
    }
}
