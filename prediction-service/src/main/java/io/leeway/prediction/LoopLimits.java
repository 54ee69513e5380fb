package io.leeway.prediction;

import io.leeway.contracts.Loop;
import io.leeway.kit.LoopDirectory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps a noisy loop from starving the others: each may be called so many times a second, and that many at once after a pause of a
 * second. Thread safe; a call costs one exchange of a number.
 *
 * @see "ITU-T I.371, Generic cell rate algorithm (virtual scheduling)"
 */
@Singleton
public class LoopLimits {
    private static final long BURST_NANOS = Duration.ofSeconds(1).toNanos();

    private final LoopDirectory loops;
    private final long nanosPerCall;
    private final LongSupplier nanos;
    /** When the next call of a loop would be due at an even pace. */
    private final ConcurrentMap<String, AtomicLong> due = new ConcurrentHashMap<>();

    @Inject
    public LoopLimits(LoopDirectory loops, PredictionConfig config) {
        this(loops, config.mostPerSecond(), System::nanoTime);
    }

    LoopLimits(LoopDirectory loops, int mostPerSecond, LongSupplier nanos) {
        this.loops = loops;
        this.nanosPerCall = Duration.ofSeconds(1).toNanos() / mostPerSecond;
        this.nanos = nanos;
        loops.onChange(change -> {
            if (change.after().isEmpty()) {
                due.remove(change.name());
            }
        });
    }

    /**
     * Counts a call of the loop; of one that is not known there is nothing to count.
     *
     * @throws TooManyCallsException if it is one too many
     */
    public void admit(String loop) {
        AtomicLong of = due.get(loop);
        if (of == null) {
            if (loops.find(loop).map(Loop::name).isEmpty()) {
                return;
            }
            of = due.computeIfAbsent(loop, name -> new AtomicLong(nanos.getAsLong() - BURST_NANOS));
        }
        long now = nanos.getAsLong();
        while (true) {
            long before = of.get();
            long after = (before - now < -BURST_NANOS ? now - BURST_NANOS : before) + nanosPerCall;
            if (after - now > 0) {
                throw new TooManyCallsException(loop, BURST_NANOS / nanosPerCall);
            }
            if (of.compareAndSet(before, after)) {
                return;
            }
        }
    }
}
