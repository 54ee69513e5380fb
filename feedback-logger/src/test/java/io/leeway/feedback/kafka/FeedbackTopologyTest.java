package io.leeway.feedback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.JoinRewards;
import io.leeway.feedback.Position;
import io.leeway.feedback.TestConfig;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.kafka.EventHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
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

/** The topology without a broker; time is by hand. */
class FeedbackTopologyTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String FILMS = "films";

    private final LoopDirectory loops = new LoopDirectory();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final HandClock clock = new HandClock();
    private Instant joinedUntil = Instant.MIN;
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> decisions;
    private TestInputTopic<String, byte[]> rewards;
    private TestOutputTopic<String, byte[]> feedback;
    private TestOutputTopic<String, byte[]> fates;
    private TestOutputTopic<String, byte[]> deadRewards;
    private TestOutputTopic<String, byte[]> deadDecisions;

    @BeforeEach
    void start(@TempDir java.nio.file.Path folder) {
        loops.put(Samples.loop(FILMS, Duration.ofSeconds(10)));
        FeedbackLoggerConfig config = TestConfig.defaults();
        KnownLoops known = new KnownLoops(loops, () -> true, Clock.systemUTC(), Duration.ofMillis(50));
        Intake intake = new Intake(known, TestConfig.plausible(clock, config), config) {
            @Override
            Taken take(
                    org.apache.kafka.common.header.Headers headers, byte[] value, long timestamp, Position position) {
                Taken taken = super.take(headers, value, timestamp, position);
                if (taken instanceof Taken.TakenDecision made
                        && made.decision().loop().equals("faulty")) {
                    throw new IllegalStateException("a fault of ours");
                }
                return taken;
            }
        };
        JoinRewards join = new JoinRewards(Duration.ofSeconds(1));
        JoinTiming timing = new JoinTiming(Duration.ofMillis(100), 100, () -> joinedUntil);
        var topology = FeedbackTopology.build(
                () -> new IntakeProcessor(intake, meters, clock),
                () -> new JoinProcessor(join, timing, new JoinMeters(meters), clock));
        Properties settings = new Properties();
        settings.setProperty(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.setProperty(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, BuryFailures.class.getName());
        settings.setProperty(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        driver = new TopologyTestDriver(topology, settings, START);
        decisions = input(Topics.DECISIONS);
        rewards = input(Topics.REWARDS);
        feedback = output(Topics.FEEDBACK);
        fates = output(FatesTopic.NAME);
        deadRewards = output(Topics.deadLetter(Topics.REWARDS));
        deadDecisions = output(Topics.deadLetter(Topics.DECISIONS));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void joinsADecisionWithItsReward() {
        Decision decision = Samples.decision(FILMS, "e1", START);
        decide(decision);
        reward("e1", 0.5, "r1", 3);
        passes(10.9);
        assertThat(feedback.isEmpty()).isTrue();
        passes(11);
        TestRecord<String, byte[]> record = feedback.readRecord();
        assertThat(record.key()).isEqualTo("e1");
        assertThat(EventHeaders.text(record.headers(), Headers.CE_TYPE)).contains(EventType.FEEDBACK.ceType());
        Feedback joined = Json.read(record.value(), Feedback.class);
        assertThat(joined.decision()).isEqualTo(decision);
        assertThat(joined.reward()).isEqualTo(0.5);
        assertThat(joined.status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joined.rewards()).extracting("rewardId").containsExactly("r1");
        assertThat(joined.other()).isEmpty();
        assertThat(feedback.isEmpty()).isTrue();
        assertThat(meters.counter("leeway.feedback.matched", "loop", FILMS).count())
                .isEqualTo(1);
    }

    @Test
    void keysComeFromThePayload() {
        decisions.pipeInput("another key", Json.bytes(Samples.decision(FILMS, "e1", START)));
        rewards.pipeInput(null, Json.bytes(Samples.reward(FILMS, "e1", 0.5, null, START)));
        passes(11);
        assertThat(read(feedback).status()).isEqualTo(FeedbackStatus.MATCHED);
    }

    @Test
    void onlyProgressMovesTime() {
        decide(Samples.decision(FILMS, "e1", START));
        // Another record's time says nothing about whether this one's rewards have been read.
        rewards.pipeInput(
                "e2", Json.bytes(Samples.reward(FILMS, "e2", 0.5, null, START)), START.plusSeconds(70L * 365 * 86400));
        clock.seconds = 3600;
        driver.advanceWallClockTime(Duration.ofHours(1));
        assertThat(feedback.isEmpty()).isTrue();
        reward("e1", 0.5, "r1", 10);
        passes(3600);
        assertThat(read(feedback).status()).isEqualTo(FeedbackStatus.MATCHED);
    }

    @Test
    void aLateRewardCorrects() {
        decide(Samples.decision(FILMS, "e1", START));
        passes(11);
        assertThat(read(feedback).status()).isEqualTo(FeedbackStatus.DEFAULTED);
        reward("e1", 0.5, "r1", 20);
        Feedback corrected = read(feedback);
        assertThat(corrected.revision()).isEqualTo(2);
        assertThat(corrected.reward()).isEqualTo(0.5);
        assertThat(fate().kind()).isEqualTo(FateKind.LATE);
    }

    @Test
    void forgetsWhatCanNoLongerChange() {
        for (int i = 0; i < 20; i++) {
            decide(Samples.decision(FILMS, "e" + i, START));
            reward("orphan" + i, 0.5, null, 0);
        }
        passes(11);
        passes(2 * 3600);
        assertThat(driver.getKeyValueStore("states").all().hasNext()).isFalse();
        assertThat(driver.getKeyValueStore("decisions").all().hasNext()).isFalse();
        assertThat(driver.getKeyValueStore("due").all().hasNext()).isFalse();
    }

    @Test
    void closesAllThatIsDueInSeveralTicks() {
        for (int i = 0; i < 250; i++) {
            decide(Samples.decision(FILMS, "e" + i, START.plusMillis(i)));
        }
        passes(60);
        passes(60);
        passes(60);
        assertThat(feedback.readValuesToList()).hasSize(250);
    }

    @Test
    void aConflictNamesTheDecisionThatCounts() {
        Decision first = Samples.decision(FILMS, "e1", START, "a", false);
        decide(first);
        decide(first);
        decide(Samples.decision(FILMS, "e1", START, "b", false));
        assertThat(fate().kind()).isEqualTo(FateKind.DUPLICATE);
        Fate conflict = fate();
        assertThat(conflict.kind()).isEqualTo(FateKind.CONFLICTING);
        assertThat(conflict.position().offset()).isEqualTo(2);
        assertThat(Json.read(conflict.decision(), Decision.class)).isEqualTo(first);
    }

    @Test
    void anActivationTravelsOnTheRewardsTopic() {
        decide(Samples.decision(FILMS, "e1", START, "a", true));
        decide(Samples.decision(FILMS, "e2", START, "a", true));
        RecordHeaders headers = EventHeaders.of(EventType.ACTIVATION, "x", "test", START);
        byte[] activation = Json.bytes(new Activation(FILMS, "e1", START.plusSeconds(1), null));
        rewards.pipeInput(new TestRecord<>("e1", activation, headers, START));
        passes(11);
        assertThat(read(feedback).eventId()).isEqualTo("e1");
        assertThat(feedback.isEmpty()).isTrue();
        assertThat(fate().kind()).isEqualTo(FateKind.NEVER_ACTIVATED);
    }

    @Test
    void poisonBecomesADeadLetterAndTheStreamGoesOn() {
        List<String> poison = List.of(
                "not JSON",
                "{\"loop\":\"films\",\"eventId\":\"e1\",\"value\":\"1\"}",
                "{\"loop\":\"films\",\"eventId\":\"e1\",\"value\":7}",
                "{\"loop\":\"nobody\",\"eventId\":\"e1\",\"value\":1}",
                "{\"eventId\":\"e1\",\"value\":1}",
                "{\"loop\":\"films\",\"eventId\":\"e\\u0000\",\"value\":1}",
                "{\"loop\":\"films\",\"eventId\":\"e1\",\"value\":1,\"time\":\"1970-01-01T00:00:00Z\"}",
                "{\"loop\":\"films\",\"eventId\":\"e1\",\"value\":1,\"time\":\"2100-01-01T00:00:00Z\"}");
        List<String> reasons = List.of(
                "not JSON at line 1",
                "value",
                "must be in [-1.0, 1.0]: value=7.0",
                "must be a loop that exists: loop=nobody",
                "must be given: loop=null",
                "must not contain NUL or half of a surrogate pair: eventId[1]",
                "time=1970-01-01T00:00:00Z",
                "time=2100-01-01T00:00:00Z");
        decide(Samples.decision(FILMS, "e1", START));
        poison.forEach(text -> rewards.pipeInput("k", text.getBytes(StandardCharsets.UTF_8), START));
        rewards.pipeInput("k", null, START);
        reward("e1", 0.5, "r1", 1);
        passes(11);
        assertThat(read(feedback).reward()).isEqualTo(0.5);
        for (int i = 0; i < poison.size(); i++) {
            TestRecord<String, byte[]> letter = deadRewards.readRecord();
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(poison.get(i));
            assertThat(EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_REASON)
                            .orElseThrow())
                    .contains(reasons.get(i));
            assertThat(EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_OFFSET))
                    .contains(Integer.toString(i));
            assertThat(EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_TIMESTAMP))
                    .contains(Long.toString(START.toEpochMilli()));
        }
        assertThat(deadRewards.readRecord().value()).isNull();
        assertThat(deadRewards.isEmpty()).isTrue();
        List<Fate> buried = fates.readValuesToList().stream()
                .map(value -> Json.read(value, Fate.class))
                .toList();
        assertThat(buried).extracting(Fate::kind).containsOnly(FateKind.DEAD_LETTERED);
        assertThat(buried)
                .extracting(Fate::loop)
                .containsExactly("", "films", "films", "nobody", "", "films", "films", "films", "");
        assertThat(buried)
                .extracting(fate -> fate.position().offset())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aFaultOfOursBuriesOneRecordAndStopsNothing() {
        loops.put(Samples.loop("faulty", Duration.ofSeconds(10)));
        byte[] value = Json.bytes(Samples.decision("faulty", "e1", START));
        decisions.pipeInput("e1", value, START);
        decide(Samples.decision(FILMS, "e1", START));
        passes(11);
        passes(11.2);
        assertThat(read(feedback).loop()).isEqualTo(FILMS);
        TestRecord<String, byte[]> letter = deadDecisions.readRecord();
        assertThat(letter.value()).isEqualTo(value);
        assertThat(EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_REASON))
                .contains("failed in the join, see the service's log");
    }

    @Test
    void anUnknownVersionIsADeadLetter() {
        RecordHeaders headers = new RecordHeaders();
        EventHeaders.add(headers, Headers.CE_TYPE, "io.leeway.decision.v2");
        byte[] value = Json.bytes(Samples.decision(FILMS, "e1", START));
        decisions.pipeInput(new TestRecord<>("e1", value, headers, START));
        byte[] utf16 = Json.text(Samples.decision(FILMS, "e2", START)).getBytes(StandardCharsets.UTF_16BE);
        decisions.pipeInput("e2", utf16, START);
        assertThat(reason(deadDecisions)).contains("ce_type=io.leeway.decision.v2");
        assertThat(reason(deadDecisions)).contains("must be JSON in UTF-8");
    }

    @Test
    void aRewardWithoutTimeHasThatOfItsRecord() {
        decide(Samples.decision(FILMS, "e1", START));
        byte[] value = Json.bytes(Samples.reward(FILMS, "e1", 0.5, null, null));
        rewards.pipeInput("e1", value, START.plusSeconds(4));
        passes(11);
        assertThat(read(feedback).rewards().get(0).time()).isEqualTo(START.plusSeconds(4));
    }

    @Test
    void clipsWhereTheLoopSaysSo() {
        Loop loop = Samples.loop("clipping", Duration.ofSeconds(10));
        String clipping = Json.text(loop).replace("\"outOfRange\":\"refuse\"", "\"outOfRange\":\"clip\"");
        loops.put(Json.read(clipping, Loop.class));
        decisions.pipeInput("e1", Json.bytes(Samples.decision("clipping", "e1", START)), START);
        rewards.pipeInput("e1", Json.bytes(Samples.reward("clipping", "e1", 7, null, START)), START);
        passes(11);
        assertThat(read(feedback).reward()).isEqualTo(1);
    }

    private void decide(Decision decision) {
        decisions.pipeInput(decision.eventId(), Json.bytes(decision), decision.time());
    }

    private void reward(String eventId, double value, String rewardId, double seconds) {
        Instant time = START.plusMillis(Math.round(seconds * 1000));
        rewards.pipeInput(eventId, Json.bytes(Samples.reward(FILMS, eventId, value, rewardId, time)), time);
    }

    private void passes(double seconds) {
        clock.seconds = seconds;
        joinedUntil = clock.instant();
        driver.advanceWallClockTime(Duration.ofMillis(100));
    }

    private Fate fate() {
        return Json.read(fates.readValue(), Fate.class);
    }

    private static Feedback read(TestOutputTopic<String, byte[]> topic) {
        return Json.read(topic.readValue(), Feedback.class);
    }

    private static String reason(TestOutputTopic<String, byte[]> topic) {
        return EventHeaders.text(topic.readRecord().headers(), Headers.DEAD_LETTER_REASON)
                .orElseThrow();
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static final class HandClock extends Clock {
        private double seconds;

        @Override
        public Instant instant() {
            return START.plusMillis(Math.round(seconds * 1000));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
