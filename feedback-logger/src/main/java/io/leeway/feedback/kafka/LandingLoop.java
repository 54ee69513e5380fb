package io.leeway.feedback.kafka;

import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.feedback.ProjectionUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
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

    LandingLoop(FeedbackLoggerConfig config) {
        this.firstPause = config.landing().firstPause();
        this.longestPause = config.landing().longestPause();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /**
     * @param what the rows, for the log
     * @throws IllegalStateException if the service stops before the batch has landed; it is read again after the restart
     */
    List<Unstorable> land(String what, Supplier<List<Unstorable>> batch) {
        Duration pause = firstPause;
        for (int attempt = 1; ; attempt++) {
            try {
                List<Unstorable> unstorable = batch.get();
                if (attempt > 1) {
                    LOG.infof("the database takes %s again, after %d attempts", what, attempt);
                }
                return unstorable;
            } catch (ProjectionUnavailableException e) {
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
