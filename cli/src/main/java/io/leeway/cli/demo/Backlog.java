package io.leeway.cli.demo;

import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.rest.FeedbackSummary;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the log is behind the traffic. A demo compresses weeks into a minute: on a busy machine its users must not run ahead
 * of what has been joined, or a model would be judged by a world that has moved on. Thread-safe.
 */
final class Backlog implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration TOLERATED = Duration.ofSeconds(3);

    private final LeewayClient client;
    private final String loop;
    private final long most;
    private final AtomicLong answered = new AtomicLong();
    private final ScheduledExecutorService watch;
    private volatile long joined;

    /** @param rewardWait within which a decision may well be open */
    Backlog(LeewayClient client, String loop, double perSecond, Duration rewardWait) {
        this.client = client;
        this.loop = loop;
        this.most =
                Math.round(perSecond * rewardWait.plus(TOLERATED).plus(BETWEEN).toMillis() / 1000);
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "backlog");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::look, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    void answered() {
        answered.incrementAndGet();
    }

    boolean tooLong() {
        return answered.get() - joined > most;
    }

    private void look() {
        try {
            FeedbackSummary summary = client.summary(loop);
            joined = summary.matched() + summary.defaulted();
        } catch (RuntimeException unavailable) {
            // It is asked again soon; until then the traffic waits at the bound, and whoever waits for figures reports
            // the fault.
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
