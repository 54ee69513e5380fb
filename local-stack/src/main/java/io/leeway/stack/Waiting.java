package io.leeway.stack;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition of another process, which can only be asked for again and again. Stateless. */
final class Waiting {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Returns when the condition holds.
     *
     * @param failure completes the message when it did not hold in time
     * @throws StackException when the time is over or the thread is interrupted
     */
    static void until(String goal, Duration deadline, BooleanSupplier condition, Supplier<String> failure) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new StackException(
                        "must be within " + deadline.toSeconds() + " s: " + goal + "; " + failure.get());
            }
            pause(INTERVAL);
        }
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting", e);
        }
    }
}
