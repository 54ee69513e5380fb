package io.leeway.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Where and when something is found.
 *
 * @param now when it is found
 * @param clock the stream's own time: of the newest event that is not of the future
 * @param events events looked at since the model began to serve
 * @param driftIds gives the next drift its identity
 */
record Occasion(String loop, long modelVersion, Instant now, Instant clock, long events, Supplier<String> driftIds) {
    /** How far clocks may be apart. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** A record from the year 2100 does not move time. */
    static boolean isPast(Instant time, Instant now) {
        return !time.isAfter(now.plus(AHEAD));
    }

    boolean isPast(Instant time) {
        return isPast(time, now);
    }

    /** Seconds of the stream's time since then, not negative; 0 where that is not known. */
    double secondsSince(Instant then) {
        return then == null ? 0 : Math.max(0, Duration.between(then, clock).toMillis() / 1000.0);
    }
}
