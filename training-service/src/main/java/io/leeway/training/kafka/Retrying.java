package io.leeway.training.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does what may fail for a while (a database that restarts, say) until it is done, with growing pauses. Stateless. */
final class Retrying {
    private static final Logger LOG = Logger.getLogger(Retrying.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private Retrying() {}

    /** Only an interrupt, which comes with the end of the service, makes this give up; then the record is read again later. */
    static void untilDone(String what, Runnable task) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                task.run();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("%s failed, will try again in %d ms: %s", what, pause.toMillis(), e.getMessage());
                wait(pause, e);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static void wait(Duration pause, RuntimeException failure) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
