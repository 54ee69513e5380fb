package io.leeway.prediction;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** An event id was used before, for another request. */
public final class EventIdTakenException extends ProblemException {
    public EventIdTakenException(String loop, String eventId) {
        super(
                ProblemType.CONFLICT,
                "must be new, because loop " + loop + " has decided another request under it: eventId=" + eventId);
    }
}
