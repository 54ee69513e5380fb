package io.leeway.feedback;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** The broker did not confirm imported feedback; the import can be repeated. */
public final class PublishingFailedException extends ProblemException {
    public PublishingFailedException(Throwable cause) {
        super(ProblemType.UNAVAILABLE, "not confirmed by the broker; the import can be repeated as it is");
        initCause(cause);
    }
}
