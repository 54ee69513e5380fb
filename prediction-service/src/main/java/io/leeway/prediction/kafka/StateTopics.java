package io.leeway.prediction.kafka;

import io.leeway.prediction.CaughtUp;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The topics that must have been read before anything is decided: a loop that has not been read yet is not an unknown one, and one
 * whose models have not been read does not choose without them. Looks by itself until they have been. Thread safe.
 */
@ApplicationScoped
@Startup
@Default
@Readiness
public class StateTopics implements CaughtUp, HealthCheck {
    private static final Logger LOG = Logger.getLogger(StateTopics.class);
    private static final long PAUSE_MILLIS = 50;

    private final LoopsRead loops;
    private final ModelListener models;
    private final CountDownLatch read = new CountDownLatch(1);
    private final Thread looking = new Thread(this::look, "state-topics");

    StateTopics(LoopsRead loops, @Readiness ModelListener models) {
        this.loops = loops;
        this.models = models;
    }

    @PostConstruct
    void begin() {
        looking.setDaemon(true);
        looking.start();
    }

    @PreDestroy
    void end() {
        looking.interrupt();
    }

    @Override
    public boolean done() {
        return read.getCount() == 0;
    }

    void awaitRead() throws InterruptedException {
        read.await();
    }

    private void look() {
        try {
            loops.await();
            while (!modelsRead()) {
                Thread.sleep(PAUSE_MILLIS);
            }
            read.countDown();
        } catch (InterruptedException e) {
            LOG.debug("stopped before loops and models had been read");
        }
    }

    /** The broker may be away, or the channel not there yet; then the answer is not yet. */
    private boolean modelsRead() {
        try {
            return models.call().getStatus() == Status.UP;
        } catch (RuntimeException e) {
            LOG.debugf(e, "whether the models have been read is not known");
            return false;
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("loops and models are known")
                .status(done())
                .build();
    }
}
