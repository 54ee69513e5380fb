package io.leeway.feedback.kafka;

import io.leeway.contracts.Loop;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.LoopListener;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * The loops, for records that may be read before their loop was: nothing is taken for unknown before the loops topic has been
 * read, and then only after some patience. Thread safe; blocks.
 */
@Singleton
class KnownLoops {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 10_000;

    private final LoopDirectory directory;
    private final BooleanSupplier loopsRead;
    private final Clock clock;
    private final Duration patience;
    private final ConcurrentMap<String, Instant> unknownSince = new ConcurrentHashMap<>();
    private volatile boolean read;

    @Inject
    KnownLoops(LoopDirectory directory, @Readiness LoopListener listener, Clock clock, FeedbackLoggerConfig config) {
        this(directory, () -> isRead(listener), clock, config.intake().unknownLoopPatience());
    }

    KnownLoops(LoopDirectory directory, BooleanSupplier loopsRead, Clock clock, Duration patience) {
        this.directory = directory;
        this.loopsRead = loopsRead;
        this.clock = clock;
        this.patience = patience;
    }

    /** @throws UnusableEventException if there is no such loop, also not after a while */
    Loop get(String name) {
        return directory
                .find(name)
                .or(() -> await(name))
                .orElseThrow(() -> new UnusableEventException("must be a loop that exists: loop=" + name));
    }

    private Optional<Loop> await(String name) {
        awaitDirectory();
        Instant now = clock.instant();
        Instant known = unknownSince.get(name);
        if (known != null && now.isBefore(known.plus(REMEMBERED))) {
            return directory.find(name);
        }
        Instant until = now.plus(patience);
        while (directory.find(name).isEmpty() && clock.instant().isBefore(until)) {
            pause();
        }
        Optional<Loop> loop = directory.find(name);
        if (loop.isEmpty()) {
            remember(name);
        }
        return loop;
    }

    /** One patient wait per name: a flood of records for a loop that does not exist must not slow the others down. */
    private void remember(String name) {
        if (unknownSince.size() >= MOST_REMEMBERED) {
            unknownSince.clear();
        }
        unknownSince.put(name, clock.instant());
    }

    private void awaitDirectory() {
        while (!read) {
            read = loopsRead.getAsBoolean();
            if (!read) {
                pause();
            }
        }
    }

    private static boolean isRead(LoopListener listener) {
        try {
            return listener.call().getStatus() == Status.UP;
        } catch (TimeoutException brokerIsSlow) {
            return false;
        }
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new org.apache.kafka.common.errors.InterruptException(
                    "interrupted while waiting for the loops topic");
        }
    }
}
