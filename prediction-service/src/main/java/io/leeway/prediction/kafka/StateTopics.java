package io.leeway.prediction.kafka;

import io.leeway.kit.kafka.LoopListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** The topics that must have been read before anything is decided: a loop that has not been read yet is not an unknown one. */
@ApplicationScoped
public class StateTopics {
    private static final long PAUSE_MILLIS = 100;

    private final LoopListener loops;
    private final ModelListener models;
    private volatile boolean read;

    StateTopics(@Readiness LoopListener loops, @Readiness ModelListener models) {
        this.loops = loops;
        this.models = models;
    }

    void awaitRead() throws InterruptedException {
        while (!read) {
            read = loops.call().getStatus() == Status.UP && models.call().getStatus() == Status.UP;
            if (!read) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
