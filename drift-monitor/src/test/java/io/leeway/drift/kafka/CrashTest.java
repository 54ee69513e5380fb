package io.leeway.drift.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Drift;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.core.drift.Profile;
import io.leeway.drift.Asks;
import io.leeway.drift.Events;
import io.leeway.drift.Extract;
import io.leeway.drift.LoopWatch;
import io.leeway.drift.Loops;
import io.leeway.drift.ServingModel;
import io.leeway.drift.Signal;
import io.leeway.drift.Surroundings;
import io.leeway.drift.TestTopics;
import io.leeway.drift.WatchBoard;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchMetrics;
import io.leeway.stack.testing.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real broker, with exactly-once processing: stream threads that die between any two records raise the alarms that an
 * undisturbed watch raises, each once.
 */
class CrashTest {
    private static final String LOOP = "crash";
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int FEEDBACKS = 3000;
    private static final Instant END = START.plusSeconds(FEEDBACKS);
    private static final Loop SETTINGS = Loops.bandit(LOOP, Loops.drift(200, false, Duration.ZERO, 24));

    @TempDir
    Path stateDir;

    /** Dies whenever it has been asked a given number of times. */
    private static final class Mortal implements Surroundings {
        private final FixedSurroundings known = new FixedSurroundings();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger deaths = new AtomicInteger();

        @Override
        public void await() {
            if (calls.incrementAndGet() % 1297 == 0 && deaths.get() < 2) {
                deaths.incrementAndGet();
                throw new IllegalStateException("dies for the test");
            }
        }

        @Override
        public Optional<Loop> loop(String name) {
            return known.loop(name);
        }

        @Override
        public ServingModel serving(Loop loop) {
            return known.serving(loop);
        }
    }

    private static List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < FEEDBACKS; i++) {
            decisions.add(Events.decision(LOOP, LOOP + i, 1, START.plusSeconds(i), Map.of("age", 40.0)));
        }
        return decisions;
    }

    /** Falls twice and comes back in between. */
    private static double[] rewards() {
        Random random = new Random(1000);
        double[] rewards = new double[FEEDBACKS];
        for (int i = 0; i < FEEDBACKS; i++) {
            boolean bad = i >= 1000 && i < 1400 || i >= 2400;
            rewards[i] = random.nextDouble() < (bad ? 0.05 : 0.7) ? 1 : 0;
        }
        return rewards;
    }

    /** What an undisturbed watch tells; only the times of telling differ. */
    private static List<Signal> expected() {
        LoopWatch watch = LoopWatch.of(SETTINGS, Duration.ofMinutes(15));
        List<Signal> signals = new ArrayList<>();
        watch.take(new ModelServes(1, "sha-1"), START, ReplayWindow.INSTANCE);
        double[] rewards = rewards();
        List<Decision> decisions = decisions();
        for (int i = 0; i < FEEDBACKS; i++) {
            var rewarded = Extract.rewarded(Events.feedback(decisions.get(i), rewards[i]))
                    .orElseThrow();
            signals.addAll(watch.take(rewarded, END, ReplayWindow.INSTANCE).signals());
        }
        return signals;
    }

    @Test
    void deathsChangeNoAlarm() {
        LocalStack stack = LocalStack.sharedBroker();
        Mortal mortal = new Mortal();
        mortal.known.put(SETTINGS);
        mortal.known.serve(LOOP, new ServingModel(1, "sha-1", Profile.EMPTY, null));
        WatchBoard board = new WatchBoard();
        var topology = new WatchTopology(
                        FixedConfig.DEFAULT, mortal, board, new WatchMetrics(new SimpleMeterRegistry()), new Asks())
                .topology();
        List<Signal> expected = expected();
        try (TestTopics topics = new TestTopics(stack.bootstrapServers());
                KafkaStreams streams = new KafkaStreams(topology, settings(stack.bootstrapServers()))) {
            double[] rewards = rewards();
            List<Decision> decisions = decisions();
            for (int i = 0; i < FEEDBACKS; i++) {
                // One partition, so that there is one order to compare with.
                topics.send(EventType.FEEDBACK, 0, LOOP + i, Events.feedback(decisions.get(i), rewards[i]));
            }
            topics.flush();
            streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
            streams.start();
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(90)).until(() -> board.find(LOOP)
                    .filter(view -> view.status().feedbacks() == FEEDBACKS)
                    .isPresent());
            await().dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            topics.read(EventType.DRIFT, LOOP, Drift.class).size() >= count(expected, EventType.DRIFT));
            assertThat(mortal.deaths.get()).isEqualTo(2);
            assertThat(topics.read(EventType.DRIFT, LOOP, Drift.class))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("time")
                    .isEqualTo(events(expected, EventType.DRIFT))
                    .hasSizeGreaterThanOrEqualTo(6);
            assertThat(topics.read(EventType.RETRAIN_REQUEST, LOOP, RetrainRequest.class))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("time")
                    .isEqualTo(events(expected, EventType.RETRAIN_REQUEST))
                    .hasSize(1);
        }
    }

    private static long count(List<Signal> signals, EventType type) {
        return signals.stream().filter(signal -> signal.type() == type).count();
    }

    private static List<Object> events(List<Signal> signals, EventType type) {
        return signals.stream()
                .filter(signal -> signal.type() == type)
                .map(Signal::event)
                .toList();
    }

    private Properties settings(String servers) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "crash-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
        settings.put("consumer.auto.offset.reset", "earliest");
        // A dead thread's partitions are given to its successor only then; brokers allow no less.
        settings.put("consumer.session.timeout.ms", 6000);
        settings.put("consumer.heartbeat.interval.ms", 1000);
        return settings;
    }
}
