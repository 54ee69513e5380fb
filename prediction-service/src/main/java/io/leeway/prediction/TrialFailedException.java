package io.leeway.prediction;

/** A model that is tried could not score; the decision is to be made without it. */
public final class TrialFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrialFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
