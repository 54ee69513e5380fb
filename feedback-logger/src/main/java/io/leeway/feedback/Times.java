package io.leeway.feedback;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Arithmetic on times that ends at the end of time instead of failing. */
public final class Times {
    private Times() {}

    public static Instant plus(Instant time, Duration duration) {
        try {
            return time.plus(duration);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }

    public static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    public static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
