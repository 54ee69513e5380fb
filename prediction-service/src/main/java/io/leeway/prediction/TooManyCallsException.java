package io.leeway.prediction;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import java.time.Duration;

/** A loop is called more often than one loop may be. */
public final class TooManyCallsException extends ProblemException {
    public TooManyCallsException(String loop, int mostPerSecond, int calls) {
        super(
                ProblemType.TOO_MANY,
                "must be at most " + mostPerSecond + " calls a second"
                        + (calls == 1 ? "" : ", of which this is " + calls) + ": loop=" + loop);
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofSeconds(1);
    }
}
