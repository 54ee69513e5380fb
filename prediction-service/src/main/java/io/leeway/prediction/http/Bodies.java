package io.leeway.prediction.http;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** Bodies of calls. */
final class Bodies {
    private Bodies() {}

    /** The body, which JAX-RS gives as null where there is none. */
    static <T> T require(T body) {
        if (body == null) {
            throw new ProblemException(ProblemType.MALFORMED, "must be a JSON object: body is empty");
        }
        return body;
    }
}
