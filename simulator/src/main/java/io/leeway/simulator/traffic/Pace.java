package io.leeway.simulator.traffic;

/**
 * When the next request is due: evenly spaced, at a bounded rate. Time that was lost is not made up for beyond a short burst,
 * else a service that has been slow for a while would be flooded afterwards. Thread-safe.
 */
final class Pace {
    private static final long LONGEST_BURST_NANOS = 250_000_000L;

    private final double nanosBetween;
    private double next;

    /** @param perSecond requests per second, greater than 0; infinite for no bound */
    Pace(double perSecond, long nowNanos) {
        this.nanosBetween = 1e9 / perSecond;
        this.next = nowNanos;
    }

    /** The time on the clock of {@code nowNanos} at which the request that asks is due; it may have passed. */
    synchronized long due(long nowNanos) {
        double due = Math.max(next, (double) nowNanos - LONGEST_BURST_NANOS);
        next = due + nanosBetween;
        return (long) due;
    }
}
