package io.leeway.prediction;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import java.time.Duration;

/** What was asked for could not be logged, and so is not answered; the same call with the same event id can be made again. */
public class LogUnavailableException extends ProblemException {
    private final Duration retryAfter;

    public LogUnavailableException(Duration retryAfter) {
        this("must be logged before it is answered, and the log does not answer: try again", retryAfter);
    }

    LogUnavailableException(String detail, Duration retryAfter) {
        super(ProblemType.UNAVAILABLE, detail);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
