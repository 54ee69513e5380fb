package io.leeway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Action;
import io.leeway.contracts.Cause;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.StepState;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingSettings;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.Job;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.DriftWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop in small: two predictors, two loggers, six partitions, real Kafka and PostgreSQL, one fault on the way. */
class ClosedLoopTest {
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final int PARTITIONS = 6;

    /** For a reward, which closes its decision when it comes: a machine that stands still for a moment makes none late. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TwoOfEach stack;

    @RegisterExtension
    final TellOnFailure tellOnFailure = new TellOnFailure(() -> stack);

    @BeforeAll
    static void startTheStack() {
        stack = TwoOfEach.start(folder);
    }

    @AfterAll
    static void stopTheStack() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void learnsNoticesDriftRetrainsAndSwapsWhileALoggerIsKilled() throws Exception {
        BanditWorld world = new DriftWorld(2);
        String loop = make("closed-loop", settings(world));
        try (Users users = new Users(loop, stack.predictors(), world, 160)) {
            users.begin();
            await().atMost(LONG).until(() -> users.accounts().size() >= 2000);
            Job first = ended(stack.client()
                    .retrain(loop, Map.of("pipeline", "startup", "reason", "first model"))
                    .jobId());
            assertThat(first.state()).as(first.message()).isEqualTo(StepState.DONE);
            await().atMost(LONG).until(() -> users.everyPredictorServes(1));
            int served = users.accounts().size();

            stack.supervisor().kill("feedback-logger-2");
            await().atMost(LONG).until(() -> users.accounts().size() >= served + 800);
            double uniformRegret = users.regret(0, 0);
            double learnedRegret = users.regret(1, served);
            assertThat(learnedRegret).isLessThan(0.7 * uniformRegret);

            Instant changedAt = Instant.now();
            int changed = users.accounts().size();
            users.shift(7);
            Job second = ended(retrainingSince(loop, changedAt).jobId());
            assertThat(second.state()).as(second.message()).isEqualTo(StepState.DONE);
            assertThat(second.driftId())
                    .isIn(stack.client().driftHistory(loop, 1000).stream()
                            .filter(drift -> drift.state() == DriftState.DETECTED)
                            .map(drift -> drift.driftId())
                            .toList());
            await().atMost(LONG).until(() -> users.everyPredictorServes(second.modelVersion()));
            int swapped = users.accounts().size();
            await().atMost(LONG).until(() -> users.accounts().size() >= swapped + 600);
            users.end();

            assertThat(users.regret(second.modelVersion(), swapped)).isLessThan(users.regret(1, changed));
            assertThat(users.failed()).isEmpty();
            long answered = users.accounts().size();
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(stack.client().summary(loop).matched()).isEqualTo(answered));
            assertThat(stack.client().summary(loop).decisions()).isEqualTo(answered);
            // The database adds up in any order, so the last digits of the mean may differ.
            assertThat(stack.second().summary(loop))
                    .usingRecursiveComparison()
                    .withEqualsForFields((a, b) -> Math.abs((Double) a - (Double) b) < 1e-9, "meanReward")
                    .isEqualTo(stack.client().summary(loop));
        }
    }

    @Test
    void aRewardOnTheWrongPartitionMeetsItsDecision() throws Exception {
        String loop = make("wrong-partition", threeArticles());
        try (KafkaProducer<String, byte[]> elsewhere = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String eventId = "event-" + partition;
                stack.client().decide(loop, request(eventId));
                Reward reward = new Reward(loop, eventId, 0.5, null, null, null, null, null);
                elsewhere
                        .send(new ProducerRecord<>(Topics.REWARDS, partition, "another key", Json.bytes(reward)))
                        .get();
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String eventId = "event-" + partition;
            await().atMost(LONG).untilAsserted(() -> assertThat(event(eventId).feedback())
                    .singleElement()
                    .satisfies(feedback -> {
                        assertThat(feedback.status()).isEqualTo(FeedbackStatus.MATCHED);
                        assertThat(feedback.reward()).isEqualTo(0.5);
                    }));
        }
    }

    @Test
    void bothPredictorsGiveOneIdTheSameAnswerAndItCountsOnce() throws Exception {
        String loop = make("same-answer", threeArticles());
        await().atMost(LONG).until(() -> stack.second().served(loop));
        DecisionAnswer here = stack.client().decide(loop, request("asked-twice"));
        DecisionAnswer there = stack.second().decide(loop, request("asked-twice"));
        assertThat(there.action()).isEqualTo(here.action());
        assertThat(there.ranking()).isEqualTo(here.ranking());
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(stack.client().summary(loop).decisions()).isEqualTo(1);
            assertThat(stack.client().summary(loop).conflicting()).isZero();
        });
    }

    @Test
    void aRecordThatNobodyCanReadGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        String loop = make("poison", threeArticles());
        try (KafkaProducer<String, byte[]> careless = producer()) {
            careless.send(new ProducerRecord<>(
                            Topics.REWARDS,
                            "k",
                            "{\"loop\":\"poison\",\"value\":NaN}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        stack.client().decide(loop, request("after-poison"));
        stack.client().reward(loop, new Reward(null, "after-poison", 1.0, null, null, null, null, null));
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(event("after-poison").feedback()).hasSize(1));
        assertThat(deadLetterReason(Topics.REWARDS)).contains("not JSON").contains("NaN");
    }

    private static String make(String loop, LoopSettings settings) {
        stack.client().putLoop(loop, settings);
        await().atMost(LONG)
                .until(() -> stack.client().served(loop) && stack.second().served(loop));
        return loop;
    }

    private static Event event(String eventId) {
        List<Event> events = stack.client().events(eventId);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static Job ended(String jobId) {
        return await().atMost(LONG)
                .until(() -> stack.client().job(jobId), job -> job.state().ended());
    }

    private static Job retrainingSince(String loop, Instant since) {
        return await().atMost(LONG)
                .until(
                        () -> stack.client().jobs(loop, 20).stream()
                                .filter(job -> job.cause() == Cause.DRIFT)
                                .filter(job -> job.requestedAt().isAfter(since))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static DecisionRequest request(String eventId) {
        return new DecisionRequest(null, eventId, null, Map.of("hour", 9), null, null, null, null, null, null);
    }

    private static LoopSettings threeArticles() {
        RewardSettings reward = new RewardSettings(PATIENT, null, null, true, null, null, null);
        List<Action> actions = List.of(Action.of("politics"), Action.of("sports"), Action.of("music"));
        return LoopSettings.builder(LoopKind.BANDIT)
                .actions(actions)
                .reward(reward)
                .build();
    }

    private static LoopSettings settings(BanditWorld world) {
        RewardSettings reward = new RewardSettings(PATIENT, null, null, true, null, null, world.rewardRange());
        TrainingSettings training =
                new TrainingSettings(null, List.of(32), 60, 32, 0.005, null, null, 1000, null, null, null, null, null);
        DriftSettings drift =
                DriftSettings.builder().coolDown(Duration.ofSeconds(5)).build();
        return LoopSettings.builder(LoopKind.BANDIT)
                .actions(world.actions())
                .reward(reward)
                .training(training)
                .drift(drift)
                .build();
    }

    private static KafkaProducer<String, byte[]> producer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrapServers());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private static String deadLetterReason(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrapServers());
        properties.put("group.id", "end-to-end-test");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.deadLetter(topic)));
            Instant deadline = Instant.now().plus(LONG);
            while (Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    return new String(
                            record.headers()
                                    .lastHeader(Headers.DEAD_LETTER_REASON)
                                    .value(),
                            StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }
}
