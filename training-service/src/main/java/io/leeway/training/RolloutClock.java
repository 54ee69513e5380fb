package io.leeway.training;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks every second which rollouts go on, and lets the time that has passed decide about them. */
@ApplicationScoped
public class RolloutClock {
    private static final Logger LOG = Logger.getLogger(RolloutClock.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RollOut rollOut;
    private volatile boolean stopped;
    private Thread thread;

    RolloutClock(RollOut rollOut) {
        this.rollOut = rollOut;
    }

    void start(@Observes StartupEvent event) {
        thread = new Thread(this::run, "rollouts");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void run() {
        while (!stopped) {
            try {
                rollOut.look().forEach(rollOut::decideIfDue);
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("rollouts cannot be looked at, will try again: %s", e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
