package io.leeway.prediction;

import java.time.Duration;

/** The log can take no more until some of it has been shipped. */
public final class LogFullException extends LogUnavailableException {
    public LogFullException(Duration retryAfter, Throwable cause) {
        super(
                "must be logged before it is answered, and the journal has no room (the broker is away, or the disk is full): try again",
                retryAfter);
        initCause(cause);
    }
}
