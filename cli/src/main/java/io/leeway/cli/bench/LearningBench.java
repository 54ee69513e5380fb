package io.leeway.cli.bench;

import io.leeway.cli.JsonOption;
import io.leeway.cli.bench.LearningResult.Row;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures continuous learning while predictors serve: feedback at a constant rate, checkpoints, and decisions beside. */
@Command(
        name = "learning",
        description = {
            "Whether continuous learning keeps up with feedback at a constant rate while a predictor serves, and how long a feedback takes to a serving checkpoint."
        })
public final class LearningBench implements Callable<Integer> {
    private static final Workload WORKLOAD = new Workload(10, 10);
    private static final int FIRST = 2000;
    private static final int CONNECTIONS = 4;
    private static final long LOOK_NANOS = 20_000_000;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--learners",
            split = ",",
            defaultValue = "linear-online,ridge-online,auto",
            description = "Online learners, measured one after the other (default: ${DEFAULT-VALUE}).")
    private List<String> learners;

    @Option(
            names = "--per-second",
            defaultValue = "2000",
            description = "Feedbacks a second (default: ${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(
            names = "--decisions",
            defaultValue = "300",
            description = "Decisions a second beside (default: ${DEFAULT-VALUE}).")
    private double decisions;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long feedback comes, for each learner (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description =
                    "Seconds of decisions as fast as they go before each learner's turn: what was just started is compiled on"
                            + " the way (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    private PrintStream words;

    @Override
    public Integer call() throws IOException {
        words = json.words();
        for (String learner : learners) {
            if (!ContinuousLearners.NAMES.contains(learner)) {
                throw new IllegalArgumentException(
                        "must be one of " + ContinuousLearners.NAMES + ": --learners=" + learner);
            }
        }
        double before = load();
        words.println("starting a broker, a database, a predictor and a training service on free ports");
        List<Row> rows = new ArrayList<>();
        try (LearnersUnderTest services = LearnersUnderTest.start()) {
            for (String learner : learners) {
                rows.add(measure(services, learner));
            }
        }
        LearningResult result = new LearningResult(
                rows,
                before,
                load(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        result.print(words);
        json.write(result);
        return rows.stream().allMatch(Row::keepsUp) ? 0 : 1;
    }

    private Row measure(LearnersUnderTest services, String learner) throws IOException {
        FeedbackPatterns feedback = new FeedbackPatterns(learner, WORKLOAD);
        words.printf("%s: first version from %d feedbacks%n", learner, FIRST);
        services.loop(learner, learner);
        for (int i = 0; i < FIRST; i++) {
            services.send(feedback.record(i));
        }
        String gates = services.firstVersion(learner);
        services.awaitFeedbacks(learner, FIRST);
        words.printf(
                Locale.ROOT,
                "%s: %s; %d feedbacks/s and %.0f decisions/s for %d s%n",
                learner,
                gates,
                perSecond,
                decisions,
                seconds);
        Load decide = new Load(
                services.predictor(), Measure.requests(ServerUnderTest.decisions(learner), WORKLOAD), CONNECTIONS);
        if (warmUpSeconds > 0) {
            decide.saturate(Duration.ofSeconds(warmUpSeconds));
        }
        int total = perSecond * seconds;
        long[] sent = new long[total];
        double cpu = services.trainingCpuSeconds();
        double servingCpu = services.predictionCpuSeconds();
        CompletableFuture<Load.Outcome> beside =
                CompletableFuture.supplyAsync(() -> decide.at(decisions, Duration.ofSeconds(seconds)));
        long begin = System.nanoTime();
        Thread sender = new Thread(() -> send(services, feedback, sent, begin), "sender");
        sender.start();
        Watch watch = new Watch(services, learner, sent, begin);
        watch.run();
        join(sender);
        Load.Outcome served = beside.join();
        double took = (watch.learnedAt - begin) / 1e9;
        double wall = (System.nanoTime() - begin) / 1e9;
        watch.ages.sort();
        return new Row(
                learner,
                gates,
                perSecond,
                total,
                total / took,
                Math.max(0, took - seconds),
                watch.mostBehind,
                watch.checkpoints,
                watch.ages.quantile(0.5) / 1e3,
                watch.ages.quantile(0.95) / 1e3,
                (services.trainingCpuSeconds() - cpu) / wall,
                (services.predictionCpuSeconds() - servingCpu) / wall,
                served.perSecond(),
                served.latencies().quantile(0.5),
                served.latencies().quantile(0.99),
                served.failures());
    }

    private void send(LearnersUnderTest services, FeedbackPatterns feedback, long[] sent, long begin) {
        for (int i = 0; i < sent.length; i++) {
            long due = begin + (long) (i * 1e9 / perSecond);
            while (due > System.nanoTime()) {
                LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
            }
            sent[i] = System.nanoTime();
            services.send(feedback.record(FIRST + i));
        }
    }

    /** Looks every so often what has been learned and what serves, until all has been learned and serves. */
    private static final class Watch {
        private static final long PATIENCE_NANOS = 300_000_000_000L;

        private final LearnersUnderTest services;
        private final String loop;
        private final long[] sent;
        private final long begin;
        private final Latencies ages = new Latencies();
        private long learnedAt;
        private long mostBehind;
        private int checkpoints;

        private Watch(LearnersUnderTest services, String loop, long[] sent, long begin) {
            this.services = services;
            this.loop = loop;
            this.sent = sent;
            this.begin = begin;
        }

        private void run() throws IOException {
            long served = FIRST;
            while (served < FIRST + sent.length) {
                LockSupport.parkNanos(LOOK_NANOS);
                long now = System.nanoTime();
                if (now - begin > PATIENCE_NANOS) {
                    throw new IllegalStateException("must have learned all by now: served=" + served);
                }
                mostBehind = Math.max(mostBehind, services.behind(loop));
                long serving = services.servingFeedbacks(loop);
                if (serving > served) {
                    checkpoints++;
                    for (long i = Math.max(FIRST, served); i < serving; i++) {
                        ages.add(now - sent[(int) (i - FIRST)]);
                    }
                    served = serving;
                    learnedAt = now;
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
