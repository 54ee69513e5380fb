package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.rest.LearnerStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps one {@link LearnOn} at work for every loop that asks for an online learner, each on a thread of its own. Thread safe. */
@ApplicationScoped
public class ContinuousLearning {
    private static final Logger LOG = Logger.getLogger(ContinuousLearning.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Publishing takes at most this share of a processor: a learner that is dear to export is exported less often. */
    private static final long SHARE = 10;
    /** How often it is noticed how far a learner has come. */
    private static final long BETWEEN_NOTICES_NANOS = 250_000_000;

    private final Loops loops;
    private final Versions versions;
    private final FeedbackStream stream;
    private final PublishCheckpoint publish;
    private final TrainingConfig config;
    private final Clock clock;
    private final Map<String, Worker> workers = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private RepeatedLook looks;

    ContinuousLearning(
            Loops loops,
            Versions versions,
            FeedbackStream stream,
            PublishCheckpoint publish,
            TrainingConfig config,
            Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.stream = stream;
        this.publish = publish;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        looks = new RepeatedLook(
                "continuous",
                BETWEEN_LOOKS,
                this::look,
                e -> LOG.warnf("loops cannot be looked at, will try again: %s", e.getMessage()));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopped = true;
        looks.stop();
        for (Worker worker : workers.values()) {
            worker.end();
        }
        for (Worker worker : workers.values()) {
            worker.thread.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    /** How a loop's learner stands; empty for a loop without one. */
    public Optional<LearnerStatus> status(String loop) {
        return Optional.ofNullable(workers.get(loop))
                .flatMap(worker -> Optional.ofNullable(worker.learner))
                .map(LearnOn::status);
    }

    /** Begins what is wanted, and ends what is not any more. */
    private void look() {
        Map<String, Loop> wanted = new HashMap<>();
        loops.all().stream().filter(ContinuousLearning::learnsOn).forEach(loop -> wanted.put(loop.name(), loop));
        workers.values().removeIf(worker -> {
            Loop loop = wanted.get(worker.loop.name());
            boolean over = loop == null || !LearningState.identity(loop).equals(LearningState.identity(worker.loop));
            if (over) {
                worker.end();
            } else {
                worker.loop = loop;
            }
            return (over || worker.failed) && !worker.thread.isAlive();
        });
        wanted.values().forEach(loop -> workers.computeIfAbsent(loop.name(), name -> new Worker(loop).begin()));
    }

    private static boolean learnsOn(Loop loop) {
        return loop.settings().training().online()
                && loop.kind() != LoopKind.MDP
                && loop.settings().serving().mode() == ServingMode.ONLINE;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private Path file(String loop) {
        // Names of loops are not names of files everywhere.
        String name = HexFormat.of().formatHex(loop.getBytes(StandardCharsets.UTF_8));
        return config.stateDir().resolve("continuous").resolve(name + ".state");
    }

    /** One loop's thread. */
    private final class Worker {
        private volatile Loop loop;
        private volatile LearnOn learner;
        private volatile boolean over;
        private volatile boolean failed;
        private Thread thread;

        private Worker(Loop loop) {
            this.loop = loop;
        }

        private Worker begin() {
            thread = daemon(this::work, "continuous-" + loop.name());
            thread.start();
            return this;
        }

        private void end() {
            over = true;
        }

        /** After a failure it ends, and is begun again from its file at the next look. */
        private void work() {
            try {
                learnOn();
            } catch (RuntimeException e) {
                failed = true;
                LOG.warnf(e, "loop %s: continuous learning stopped and begins again", loop.name());
            }
        }

        private void learnOn() {
            Path file = file(loop.name());
            LearningState state = LearningState.open(file, loop, loops.feedbackFloor(loop.name()));
            ExecutorService aside = Executors.newSingleThreadExecutor(task -> daemon(task, "publishes-" + loop.name()));
            try {
                learnOn(state, file, new CostlyExecutor(aside));
            } finally {
                end(aside);
            }
        }

        /** What is being written has been written when the next one reads it. */
        private void end(ExecutorService aside) {
            aside.shutdown();
            try {
                aside.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void learnOn(LearningState state, Path file, CostlyExecutor aside) {
            LearnOn own = new LearnOn(
                    loop, state, file, versions, publish, config.gates().timeBudget(), clock, aside);
            learner = own;
            LOG.infof(
                    "loop %s: %s learns on after %d feedbacks",
                    loop.name(), own.status().learner(), state.feedbacks());
            try (FeedbackStream.Reading reading =
                    ReadAhead.of(stream.follow(loop.name(), state.topic(), state.offsets()), "reads-" + loop.name())) {
                own.follow(reading.topic(), reading.isAnother());
                long due = System.nanoTime();
                long notice = due;
                while (!over && !stopped) {
                    own.settings(loop);
                    reading.poll(POLL).forEach(own::take);
                    if (System.nanoTime() >= notice) {
                        own.look(reading.behind());
                        notice = System.nanoTime() + BETWEEN_NOTICES_NANOS;
                    }
                    if (System.nanoTime() >= due && own.hasNews() && !own.isPublishing()) {
                        due = System.nanoTime() + checkpoint(own, reading.behind(), aside);
                    }
                }
            }
            own.save();
            own.stopped();
        }

        /** Returns after how many nanoseconds the next one is due, by what the last ones cost. */
        private long checkpoint(LearnOn own, long behind, CostlyExecutor aside) {
            long before = CostlyExecutor.cpuNanos();
            own.checkpoint(behind);
            long cost = CostlyExecutor.cpuNanos() - before + aside.lastNanos();
            return Math.max(loop.settings().training().modelExportFrequency().toNanos(), SHARE * cost);
        }
    }
}
