package io.leeway.prediction;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Waits for the log's word, never for long. After the log has failed a call of a loop, those of the next moment are refused at
 * once: they would only fill the queue, and each would wait behind the others. Thread safe.
 */
@Singleton
public class Confirmations {
    private static final Logger LOG = Logger.getLogger(Confirmations.class);

    private final Duration patience;
    private final Duration retryAfter;
    private final LongSupplier nanos;
    /** On the clock of {@link #nanos}; only differences mean something. */
    private final ConcurrentMap<String, Long> refuseUntil = new ConcurrentHashMap<>();

    @Inject
    public Confirmations(PredictionConfig config) {
        this(config.log().patience(), config.log().retryAfter(), System::nanoTime);
    }

    Confirmations(Duration patience, Duration retryAfter, LongSupplier nanos) {
        this.patience = patience;
        this.retryAfter = retryAfter;
        this.nanos = nanos;
    }

    /** Appends and waits: {@link #begin} and {@link #end} in one. */
    public void await(String loop, Supplier<CompletableFuture<?>> append) {
        end(loop, begin(loop, append));
    }

    /**
     * Appends what is waited for later, so that many can be waited for together.
     *
     * @throws LogUnavailableException if the log has just failed others of the loop
     */
    public CompletableFuture<?> begin(String loop, Supplier<CompletableFuture<?>> append) {
        requireHope(loop);
        return append.get();
    }

    private void requireHope(String loop) {
        Long until = refuseUntil.get(loop);
        if (until != null && until - nanos.getAsLong() > 0) {
            throw new LogUnavailableException(retryAfter);
        }
    }

    /**
     * Waits for what was begun.
     *
     * @throws LogFullException if the log takes nothing now
     * @throws LogUnavailableException if the log did not confirm in time, or has failed others of the loop meanwhile
     * @throws EventTooLargeException if the log can never take it
     */
    public void end(String loop, CompletableFuture<?> begun) {
        if (!begun.isDone()) {
            requireHope(loop);
        }
        try {
            begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EventTooLargeException tooLarge) {
                throw tooLarge;
            }
            if (e.getCause() instanceof LogFullException full) {
                throw full;
            }
            throw unavailable(loop, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw unavailable(loop, "no confirmation within " + patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException(retryAfter);
        }
    }

    private LogUnavailableException unavailable(String loop, String why) {
        long now = nanos.getAsLong();
        Long until = refuseUntil.put(loop, now + retryAfter.toNanos());
        if (until == null || until - now <= 0) {
            LOG.errorf("loop %s: the log is not available, calls are refused for %s: %s", loop, retryAfter, why);
        }
        return new LogUnavailableException(retryAfter);
    }
}
