package io.leeway.prediction.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** The topics that must have been read before anything is decided: a loop that has not been read yet is not an unknown one. */
@ApplicationScoped
public class StateTopics {
    private static final long PAUSE_MILLIS = 100;

    private final LoopsRead loops;
    private final ModelListener models;
    private volatile boolean read;

    StateTopics(LoopsRead loops, @Readiness ModelListener models) {
        this.loops = loops;
        this.models = models;
    }

    void awaitRead() throws InterruptedException {
        loops.await();
        while (!read) {
            read = models.call().getStatus() == Status.UP;
            if (!read) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
