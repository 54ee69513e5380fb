package io.leeway.prediction.kafka;

import io.leeway.kit.kafka.LoopListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Whether the loops have been read: until then a loop that is not known is not an unknown one. Thread safe. */
@ApplicationScoped
public class LoopsRead {
    private static final Logger LOG = Logger.getLogger(LoopsRead.class);
    private static final long PAUSE_MILLIS = 100;

    private final LoopListener loops;
    private volatile boolean read;

    LoopsRead(@Readiness LoopListener loops) {
        this.loops = loops;
    }

    void await() throws InterruptedException {
        while (!read) {
            read = ask();
            if (!read) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** The broker may be away; then the answer is not yet. */
    private boolean ask() {
        try {
            return loops.call().getStatus() == Status.UP;
        } catch (RuntimeException e) {
            LOG.debugf(e, "whether the loops have been read is not known");
            return false;
        }
    }
}
