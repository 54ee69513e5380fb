package io.leeway.prediction;

import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
    private final int otherwise;
    private final LongSupplier nanos;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, Pace> paces = new ConcurrentHashMap<>();

    /**
     * A loop's limit, and how much of it is used up.
     *
     * @param due when the next call of the loop would be due at an even pace
     */
    private record Pace(int mostPerSecond, AtomicLong due, Counter refused) {}

    @Inject
    public LoopLimits(LoopDirectory loops, PredictionConfig config, MeterRegistry meters) {
        this(loops, config.mostPerSecond(), System::nanoTime, meters);
    }

    /** @param otherwise most calls a second of a loop that does not say */
    LoopLimits(LoopDirectory loops, int otherwise, LongSupplier nanos, MeterRegistry meters) {
        this.loops = loops;
        this.otherwise = otherwise;
        this.nanos = nanos;
        this.meters = meters;
        loops.onChange(change -> {
            if (change.after().isEmpty()) {
                paces.remove(change.name());
            } else {
                paces.computeIfPresent(change.name(), (name, pace) -> new Pace(limit(name), pace.due, pace.refused));
            }
        });
    }

    /**
     * Counts a call of the loop; of one that is not known there is nothing to count.
     *
     * @throws TooManyCallsException if it is one too many
     */
    public void admit(String loop) {
        admit(loop, 1);
    }

    /**
     * Counts several calls at once, or none of them.
     *
     * @throws TooManyCallsException if they are too many
     */
    public void admit(String loop, int calls) {
        Pace pace = paces.get(loop);
        if (pace == null) {
            if (loops.find(loop).isEmpty()) {
                return;
            }
            pace = paces.computeIfAbsent(loop, this::fresh);
        }
        long now = nanos.getAsLong();
        long room = calls * BURST_NANOS / pace.mostPerSecond;
        while (true) {
            long before = pace.due.get();
            long after = (before - now < -BURST_NANOS ? now - BURST_NANOS : before) + room;
            if (after - now > 0) {
                pace.refused.increment(calls);
                throw new TooManyCallsException(loop, pace.mostPerSecond, calls);
            }
            if (pace.due.compareAndSet(before, after)) {
                return;
            }
        }
    }

    private Pace fresh(String loop) {
        Counter refused = Counter.builder("leeway.calls.refused")
                .description("calls beyond what the loop may be asked in a second")
                .tag("loop", loop)
                .register(meters);
        return new Pace(limit(loop), new AtomicLong(nanos.getAsLong() - BURST_NANOS), refused);
    }

    private int limit(String loop) {
        return loops.find(loop)
                .map(known -> known.settings().serving().mostPerSecond())
                .orElse(otherwise);
    }
}
