package io.leeway.drift.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEventType;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.Asks;
import io.leeway.drift.Events;
import io.leeway.drift.Extract;
import io.leeway.drift.LoopWatch;
import io.leeway.drift.Loops;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Signal;
import io.leeway.drift.WatchBoard;
import io.leeway.drift.WatchEvent;
import io.leeway.drift.WatchMetrics;
import io.leeway.kit.kafka.EventHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology without a broker: what goes in on which topic, what comes out where. */
class WatchTopologyTest {
    private static final String LOOP = "films";
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path stateDir;

    private final FixedSurroundings surroundings = new FixedSurroundings();
    private final WatchBoard board = new WatchBoard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Random random = new Random(1000);
    private TopologyTestDriver driver;
    private int events;

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(
                new WatchTopology(FixedConfig.DEFAULT, surroundings, board, new WatchMetrics(meters), new Asks())
                        .topology(),
                settings,
                START);
        surroundings.put(Loops.bandit(LOOP, Loops.drift(100, false, Duration.ofMinutes(5), 24)));
        surroundings.serve(LOOP, new ServingModel(1, "sha-1", profile(), null));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static Profile profile() {
        ProfileLearner learner = new ProfileLearner();
        Random training = new Random(1);
        for (int i = 0; i < 2000; i++) {
            learner.observe("t" + i, Map.of("age", 40 + 10 * training.nextGaussian()));
        }
        return learner.profile();
    }

    private void send(EventType type, String key, Object event) {
        sendBytes(type.topic(), key, Json.bytes(event), EventHeaders.of(type, "id", "test", START));
    }

    private void sendBytes(String topic, String key, byte[] value, RecordHeaders headers) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, headers, START));
    }

    private <T> List<T> read(String topic, Class<T> type) {
        return records(topic).stream()
                .map(record -> Json.read(record.value(), type))
                .toList();
    }

    /** Drift events of quality that are more than suspicions. */
    private List<TestRecord<String, byte[]>> quality() {
        return records(Topics.DRIFT).stream()
                .filter(record -> {
                    Drift drift = Json.read(record.value(), Drift.class);
                    return drift.kind() == DriftKind.QUALITY && drift.state() != DriftState.SUSPECTED;
                })
                .toList();
    }

    private List<TestRecord<String, byte[]>> records(String topic) {
        TestOutputTopic<String, byte[]> output =
                driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    private void feedback(int count, double rewardRate) {
        for (int i = 0; i < count; i++) {
            events++;
            var decision = Events.decision(LOOP, "e" + events, 1, START.plusSeconds(events), Map.of("age", 40.0));
            send(
                    EventType.FEEDBACK,
                    decision.eventId(),
                    Events.feedback(decision, random.nextDouble() < rewardRate ? 1 : 0));
        }
    }

    /**
     * What a watch has to tell goes out while the event that made it so is taken in, not with a later one and not with a tick: after each
     * event there is neither more nor less on the topics than a plain fold over the same events has told.
     */
    @Test
    void whatIsToldGoesOutWithTheEventThatMadeItSo() {
        LoopWatch plain = LoopWatch.of(surroundings.loop(LOOP).orElseThrow(), FixedConfig.DEFAULT.requestPatience());
        plain.take(new WatchEvent.ModelServes(1, "sha-1"), START, ReplayWindow.INSTANCE);
        int told = 0;
        for (int i = 0; i < 700; i++) {
            events++;
            var decision = Events.decision(LOOP, "e" + events, 1, START.plusSeconds(events / 20), Map.of("age", 40.0));
            var feedback = Events.feedback(decision, random.nextDouble() < (i < 500 ? 0.7 : 0.05) ? 1 : 0);
            send(EventType.FEEDBACK, decision.eventId(), feedback);
            List<String> expected =
                    plain
                            .take(Extract.rewarded(feedback).orElseThrow(), START, ReplayWindow.INSTANCE)
                            .signals()
                            .stream()
                            .map(Signal::id)
                            .toList();
            List<String> out = Stream.concat(records(Topics.DRIFT).stream(), records(Topics.RETRAIN_REQUESTS).stream())
                    .map(record ->
                            EventHeaders.text(record.headers(), Headers.CE_ID).orElseThrow())
                    .toList();
            assertThat(out).as("after event " + i).containsExactlyInAnyOrderElementsOf(expected);
            told += out.size();
        }
        assertThat(told).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aFallOfRewardsBecomesOneDriftAndOneRetrainRequest() {
        feedback(500, 0.7);
        feedback(200, 0.05);
        List<TestRecord<String, byte[]>> drifts = quality();
        assertThat(drifts).hasSize(1);
        assertThat(drifts.get(0).key()).isEqualTo(LOOP);
        assertThat(EventHeaders.text(drifts.get(0).headers(), Headers.CE_TYPE)).hasValue(EventType.DRIFT.ceType());
        assertThat(EventHeaders.text(drifts.get(0).headers(), Headers.CE_SOURCE))
                .hasValue("/leeway/drift-monitor");
        Drift drift = Json.read(drifts.get(0).value(), Drift.class);
        assertThat(drift.kind()).isEqualTo(DriftKind.QUALITY);
        assertThat(drift.state()).isEqualTo(DriftState.DETECTED);

        List<RetrainRequest> requests = read(Topics.RETRAIN_REQUESTS, RetrainRequest.class);
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).driftId()).isEqualTo(drift.driftId());
        assertThat(meters.counter("leeway.drift.alarms", "loop", LOOP, "kind", "quality")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("leeway.retrain.requests", "loop", LOOP, "cause", "drift")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void decisionsThatLookUnlikeTheTrainingDataBecomeInputDrift() {
        for (int i = 0; i < 400; i++) {
            Map<String, Object> context = Map.of("age", 60 + 10 * random.nextGaussian());
            send(EventType.DECISION, "e" + i, Events.decision(LOOP, "e" + i, 1, START, context));
        }
        List<Drift> drifts = read(Topics.DRIFT, Drift.class);
        assertThat(drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.DETECTED);
        assertThat(drifts.get(1).inputs().get(0).input()).isEqualTo("age");
        assertThat(records(Topics.RETRAIN_REQUESTS)).isEmpty();
    }

    @Test
    void aRejectedTrainingIsAskedForAgainAfterTheQuietTime() {
        feedback(500, 0.7);
        feedback(200, 0.05);
        assertThat(records(Topics.RETRAIN_REQUESTS)).hasSize(1);
        send(EventType.TRAINING_EVENT, LOOP, Events.training(LOOP, TrainingEventType.REJECTED, 2, START));
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(records(Topics.RETRAIN_REQUESTS)).isEmpty();
        driver.advanceWallClockTime(Duration.ofMinutes(5));
        assertThat(records(Topics.RETRAIN_REQUESTS)).hasSize(1);
    }

    @Test
    void anotherModelIsNoticedAndEndsTheDrift() {
        feedback(500, 0.7);
        feedback(200, 0.05);
        assertThat(quality()).hasSize(1);
        surroundings.serve(LOOP, new ServingModel(2, "sha-2", Profile.EMPTY, null));
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        List<Drift> resolved = quality().stream()
                .map(record -> Json.read(record.value(), Drift.class))
                .toList();
        assertThat(resolved).extracting(Drift::state).containsExactly(DriftState.RESOLVED);
        assertThat(board.find(LOOP).orElseThrow().status().modelVersion()).isEqualTo(2);
        feedback(1000, 0.05); // Of version 1, which does not serve any more.
        assertThat(records(Topics.DRIFT)).isEmpty();
        assertThat(records(Topics.RETRAIN_REQUESTS)).hasSize(1);
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsReasonAndStopsNothing() {
        byte[] notJson = "{\"loop\":".getBytes(StandardCharsets.UTF_8);
        sendBytes(Topics.FEEDBACK, "k1", notJson, new RecordHeaders());
        sendBytes(Topics.DECISIONS, "k2", null, new RecordHeaders());
        sendBytes(Topics.TRAINING_EVENTS, null, "{}".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        RecordHeaders future = new RecordHeaders();
        EventHeaders.add(future, Headers.CE_TYPE, "io.leeway.feedback.v9");
        sendBytes(
                Topics.FEEDBACK,
                "k3",
                Json.bytes(Events.feedback(Events.decision(LOOP, "e", 1, START, Map.of()), 1)),
                future);
        feedback(500, 0.7);
        feedback(200, 0.05);

        List<TestRecord<String, byte[]>> letters = records(Topics.deadLetter(Topics.FEEDBACK));
        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).value()).isEqualTo(notJson);
        assertThat(letters.get(0).key()).isEqualTo("k1");
        assertThat(EventHeaders.text(letters.get(0).headers(), Headers.DEAD_LETTER_REASON)
                        .orElseThrow())
                .contains("not JSON");
        assertThat(EventHeaders.text(letters.get(0).headers(), Headers.DEAD_LETTER_OFFSET))
                .hasValue("0");
        assertThat(EventHeaders.text(letters.get(1).headers(), Headers.DEAD_LETTER_REASON)
                        .orElseThrow())
                .contains("ce_type=io.leeway.feedback.v9");
        assertThat(records(Topics.deadLetter(Topics.DECISIONS))).hasSize(1);
        assertThat(records(Topics.deadLetter(Topics.TRAINING_EVENTS))).hasSize(1);
        assertThat(quality()).hasSize(1);
    }

    @Test
    void eventsOfALoopThatNobodyMadeAreCounted() {
        var decision = Events.decision("nobody", "e", 1, START, Map.of());
        send(EventType.FEEDBACK, "e", Events.feedback(decision, 1));
        assertThat(meters.counter("leeway.drift.unknown.loop").count()).isEqualTo(1);
        assertThat(board.find("nobody")).isEmpty();
    }

    @Test
    void aDeletedLoopIsForgottenAndItsNamesakeBeginsAnew() {
        feedback(300, 0.7);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(board.find(LOOP).orElseThrow().status().feedbacks()).isEqualTo(300);
        surroundings.remove(LOOP);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(board.find(LOOP)).isEmpty();
        assertThat(driver.getKeyValueStore(WatchTopology.NAME).all().hasNext()).isFalse();
        surroundings.put(Loops.bandit(LOOP, Loops.eager()));
        feedback(10, 0.7);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(board.find(LOOP).orElseThrow().status().feedbacks()).isEqualTo(10);
    }
}
