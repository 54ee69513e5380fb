package io.leeway.drift.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Topics;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.Asks;
import io.leeway.drift.Events;
import io.leeway.drift.Extract;
import io.leeway.drift.LoopWatch;
import io.leeway.drift.Loops;
import io.leeway.drift.ServingModel;
import io.leeway.drift.WatchBoard;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchMetrics;
import io.leeway.kit.kafka.EventHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts, on demand, what the whole streaming path costs: records as bytes in, reading, cutting down, repartitioning, RocksDB, all
 * tests and detectors. CPU time of one thread, without the broker.
 */
@EnabledIfSystemProperty(named = "leeway.throughput", matches = ".*")
class ThroughputTest {
    private static final int FEATURES = 500;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path stateDir;

    private final FixedSurroundings surroundings = new FixedSurroundings();
    private final Random random = new Random(1);

    private TopologyTestDriver driver() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        WatchMetrics metrics = new WatchMetrics(new SimpleMeterRegistry());
        return new TopologyTestDriver(
                new WatchTopology(FixedConfig.DEFAULT, surroundings, new WatchBoard(), metrics, new Asks()).topology(),
                settings,
                START);
    }

    /** Four numbers to one word. */
    private Map<String, Object> context() {
        Map<String, Object> context = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            context.put("feature" + i, i % 5 == 4 ? (Object) ("word" + random.nextInt(20)) : random.nextGaussian());
        }
        return context;
    }

    private void make(String loop) {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 1000; i++) {
            learner.observe("t" + i, context());
        }
        surroundings.put(Loops.bandit(loop, Loops.drift(1000, false, Duration.ofMinutes(5), 24)));
        // As it comes: from the artifact's JSON, sharing nothing with other loops.
        Profile profile = Profile.fromJson(learner.profile().toJson());
        surroundings.serve(loop, new ServingModel(1, "sha", profile, null));
    }

    private void play(TopologyTestDriver driver, String loop, int from, int decisions) {
        TestInputTopic<String, byte[]> decided =
                driver.createInputTopic(Topics.DECISIONS, new StringSerializer(), new ByteArraySerializer());
        TestInputTopic<String, byte[]> rewarded =
                driver.createInputTopic(Topics.FEEDBACK, new StringSerializer(), new ByteArraySerializer());
        for (int i = from; i < from + decisions; i++) {
            Decision decision = Events.decision(loop, loop + i, 1, START.plusSeconds(i), context());
            byte[] first = Json.bytes(decision);
            byte[] second = Json.bytes(Events.feedback(decision, random.nextDouble() < 0.7 ? 1 : 0));
            long begin = cpu();
            decided.pipeInput(record(EventType.DECISION, loop + i, first));
            rewarded.pipeInput(record(EventType.FEEDBACK, loop + i, second));
            spent += cpu() - begin;
        }
    }

    private long spent;

    private static TestRecord<String, byte[]> record(EventType type, String key, byte[] value) {
        return new TestRecord<>(key, value, EventHeaders.of(type, key, "test", START), START);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void fiftyThousandFeatureValuesPerSecondAndCore() {
        make("fast");
        try (TopologyTestDriver driver = driver()) {
            play(driver, "fast", 0, 2000);
            spent = 0;
            play(driver, "fast", 2000, 4000);
        }
        double perSecond = 4000.0 * FEATURES / (spent / 1e9);
        System.out.printf(
                Locale.ROOT,
                "%,.0f feature values per second and core (%d features, decision and feedback: %.0f us)%n",
                perSecond,
                FEATURES,
                spent / 1e3 / 4000);
        assertThat(perSecond).isGreaterThan(50_000);
    }

    /** What a loop holds in memory: its watch, and the profile of its model; rows lie in RocksDB. */
    @Test
    void aHundredLoopsOfFiveHundredFeaturesFitInFourGibibytes() {
        int loops = 20;
        List<LoopWatch> watches = new ArrayList<>();
        long before = used();
        for (int i = 0; i < loops; i++) {
            String loop = "loop" + i;
            make(loop);
            Loop made = surroundings.loop(loop).orElseThrow();
            LoopWatch watch = LoopWatch.of(made, Duration.ofMinutes(15));
            watch.take(new ModelServes(1, "sha"), START, ReplayWindow.INSTANCE);
            for (int n = 0; n < 900; n++) { // All but a check, for which there are no rows here.
                Decision decision = Events.decision(loop, loop + n, 1, START.plusSeconds(n), Map.of());
                watch.take(Extract.decided(decision), START.plusSeconds(n), ReplayWindow.INSTANCE);
                watch.take(
                        Extract.rewarded(Events.feedback(decision, n % 2)).orElseThrow(),
                        START.plusSeconds(n),
                        ReplayWindow.INSTANCE);
            }
            watches.add(watch);
        }
        double perLoop = (used() - before) / (double) watches.size();
        System.out.printf(
                Locale.ROOT,
                "%,.0f bytes of heap per loop with %d features; 100 loops %,.2f GiB; snapshot %,d bytes%n",
                perLoop,
                FEATURES,
                100 * perLoop / (1L << 30),
                watches.get(0).snapshot().length);
        assertThat(100 * perLoop).isLessThan(1.0 * (1L << 30));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
