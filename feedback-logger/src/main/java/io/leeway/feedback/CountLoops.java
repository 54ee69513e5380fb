package io.leeway.feedback;

import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Shows each loop's counts among the metrics, as the database has them: they outlive the process, which the join's own counters do
 * not. Every instance shows the same numbers.
 */
@Singleton
class CountLoops {
    private static final Logger LOG = Logger.getLogger(CountLoops.class);

    /** Counting a large log takes its time; the pause is so many times as long, at the least. */
    private static final int PAUSES = 5;

    private final EventHistory history;
    private final LoopDirectory loops;
    private final Duration pause;
    private final MultiGauge gauge;
    private volatile Thread thread;

    CountLoops(EventHistory history, LoopDirectory loops, FeedbackLoggerConfig config, MeterRegistry meters) {
        this.history = history;
        this.loops = loops;
        this.pause = config.counts();
        this.gauge = MultiGauge.builder("leeway.feedback.counts")
                .description(
                        "what became of a loop's decisions and rewards, by the words of GET /v1/loops/{loop}/feedback/summary")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        thread = new Thread(this::run, "count-loops");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                long began = System.nanoTime();
                count();
                long took = System.nanoTime() - began;
                TimeUnit.NANOSECONDS.sleep(Math.max(pause.toNanos(), PAUSES * took));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        try {
            for (Loop loop : loops.all()) {
                rows(history.summary(loop.name()), rows);
            }
        } catch (RuntimeException e) {
            // The last known counts stay; that the database is away is for the health check to say.
            LOG.debugf("cannot count: %s", e.getMessage());
            return;
        }
        gauge.register(rows, true);
    }

    private static void rows(FeedbackSummary summary, List<MultiGauge.Row<?>> rows) {
        add(rows, summary, "decisions", summary.decisions());
        add(rows, summary, "matched", summary.matched());
        add(rows, summary, "defaulted", summary.defaulted());
        add(rows, summary, "neverActivated", summary.neverActivated());
        add(rows, summary, "open", summary.open());
        add(rows, summary, "late", summary.late());
        add(rows, summary, "corrected", summary.corrected());
        add(rows, summary, "duplicate", summary.duplicate());
        add(rows, summary, "orphan", summary.orphan());
        add(rows, summary, "conflicting", summary.conflicting());
        add(rows, summary, "deadLettered", summary.deadLettered());
    }

    private static void add(List<MultiGauge.Row<?>> rows, FeedbackSummary summary, String of, long count) {
        rows.add(MultiGauge.Row.of(Tags.of("loop", summary.loop(), "of", of), count));
    }
}
