package io.leeway.kit;

/** Bodies of calls, which the framework gives as null where there are none. */
public final class Bodies {
    private Bodies() {}

    /** @throws ProblemException if a call that needs a body came without one */
    public static <T> T require(T body) {
        if (body == null) {
            throw new ProblemException(ProblemType.MALFORMED, "must be a JSON object: body is empty");
        }
        return body;
    }
}
