package io.leeway.prediction;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import java.time.Duration;

/** This instance has not read the loops and models yet: what it would say could differ from what all others say. */
public final class StartingException extends ProblemException {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public StartingException() {
        super(ProblemType.UNAVAILABLE, "must have read its loops and models before it answers: try again");
    }

    @Override
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
