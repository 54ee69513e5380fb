package io.leeway.feedback.kafka;

import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.feedback.ProjectionUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tries until the database takes a batch; meanwhile its offsets stay where they are, and the lag can be seen. Thread safe. */
@Singleton
class LandingLoop {
    private static final Logger LOG = Logger.getLogger(LandingLoop.class);

    private final Duration firstPause;
    private final Duration longestPause;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private final Map<Thread, Instant> waitingSince = new ConcurrentHashMap<>();
    private final Clock clock;

    LandingLoop(FeedbackLoggerConfig config, MeterRegistry meters, Clock clock) {
        this.firstPause = config.landing().firstPause();
        this.longestPause = config.landing().longestPause();
        this.clock = clock;
        Gauge.builder(
                        "leeway.feedback.landing.waiting.seconds",
                        this,
                        loop -> loop.waiting().toMillis() / 1000.0)
                .description("for how long the database has not taken a batch")
                .register(meters);
    }

    /** For how long the database has not taken what it was given; zero while it does. */
    Duration waiting() {
        return waitingSince.values().stream()
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /**
     * @param what the rows, for the log
     * @throws IllegalStateException if the service stops before the batch has landed; it is read again after the restart
     */
    List<Unstorable> land(String what, Supplier<List<Unstorable>> batch) {
        try {
            return landInTheEnd(what, batch);
        } finally {
            waitingSince.remove(Thread.currentThread());
        }
    }

    private List<Unstorable> landInTheEnd(String what, Supplier<List<Unstorable>> batch) {
        Duration pause = firstPause;
        for (int attempt = 1; ; attempt++) {
            try {
                List<Unstorable> unstorable = batch.get();
                if (attempt > 1) {
                    LOG.infof("the database takes %s again, after %d attempts", what, attempt);
                }
                return unstorable;
            } catch (ProjectionUnavailableException e) {
                waitingSince.putIfAbsent(Thread.currentThread(), clock.instant());
                LOG.warnf("the database does not take %s, trying again in %s: %s", what, pause, e.getMessage());
            }
            pause(what, pause);
            pause = pause.multipliedBy(2).compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
        }
    }

    private void pause(String what, Duration pause) {
        try {
            if (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("stopping before these have landed: " + what);
    }
}
