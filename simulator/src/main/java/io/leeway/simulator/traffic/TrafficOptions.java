package io.leeway.simulator.traffic;

import java.time.Duration;

/**
 * How traffic is driven.
 *
 * @param workers users who ask at the same time, at least 1
 * @param perSecond decisions per second at the most; infinite for as fast as they are answered
 * @param timeout how long an answer may take
 * @param run beginning of every event id, so that two runs do not share events
 */
public record TrafficOptions(int workers, double perSecond, Duration timeout, String run) {
    public TrafficOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("must be >= 1: workers=" + workers);
        }
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("must be > 0: perSecond=" + perSecond);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("must be > 0: timeout=" + timeout);
        }
        if (run.isBlank()) {
            throw new IllegalArgumentException("must not be blank: run=" + run);
        }
    }

    /** Four users, as fast as they are answered, event ids by the clock. */
    public static TrafficOptions defaults() {
        return new TrafficOptions(
                4,
                Double.POSITIVE_INFINITY,
                Duration.ofSeconds(10),
                "sim-" + Long.toString(System.currentTimeMillis(), 36));
    }

    public TrafficOptions withRun(String other) {
        return new TrafficOptions(workers, perSecond, timeout, other);
    }

    public TrafficOptions withWorkers(int other) {
        return new TrafficOptions(other, perSecond, timeout, run);
    }

    public TrafficOptions withPerSecond(double other) {
        return new TrafficOptions(workers, other, timeout, run);
    }
}
