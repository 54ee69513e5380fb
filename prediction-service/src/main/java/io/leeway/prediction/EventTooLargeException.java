package io.leeway.prediction;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** An event is larger than a record of the log may be. */
public final class EventTooLargeException extends ProblemException {
    public EventTooLargeException(String reason) {
        super(ProblemType.TOO_LARGE, "must fit into a record of the log: " + reason);
    }
}
