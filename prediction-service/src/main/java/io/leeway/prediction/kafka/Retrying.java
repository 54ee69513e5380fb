package io.leeway.prediction.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats what a broker that is away could not do, until it is back; doubles the pause up to half a minute. */
final class Retrying {
    private static final Logger LOG = Logger.getLogger(Retrying.class);
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private Retrying() {}

    static Object untilDone(Supplier<? extends CompletableFuture<?>> action) throws InterruptedException {
        return times(Integer.MAX_VALUE, action);
    }

    /** @throws IllegalStateException after as many failures */
    static Object times(int attempts, Supplier<? extends CompletableFuture<?>> action) throws InterruptedException {
        long pauseMillis = 100;
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get().get();
            } catch (ExecutionException e) {
                LOG.warnf("attempt %d failed: %s", attempt, e.getCause());
                if (attempt >= attempts) {
                    throw new IllegalStateException(String.valueOf(e.getCause()), e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }
}
