package io.leeway.training;

import io.leeway.contracts.Loop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks now and then for artifacts that may go. */
@ApplicationScoped
public class RetentionClock {
    private static final Logger LOG = Logger.getLogger(RetentionClock.class);

    private final Loops loops;
    private final ExpireArtifacts expire;
    private final TrainingConfig.RetentionConfig config;
    private ScheduledExecutorService thread;

    RetentionClock(Loops loops, ExpireArtifacts expire, TrainingConfig config) {
        this.loops = loops;
        this.expire = expire;
        this.config = config.retention();
    }

    void start(@Observes StartupEvent event) {
        if (config.age().isEmpty()) {
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "retention");
            made.setDaemon(true);
            return made;
        });
        long every = config.every().toMillis();
        thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void look() {
        try {
            for (Loop loop : loops.all()) {
                List<Long> gone = expire.expire(loop.name());
                if (!gone.isEmpty()) {
                    LOG.infof("loop %s: artifacts of versions %s went, nothing names them any more", loop.name(), gone);
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("artifacts cannot be looked through, will try again: %s", e.getMessage());
        }
    }
}
