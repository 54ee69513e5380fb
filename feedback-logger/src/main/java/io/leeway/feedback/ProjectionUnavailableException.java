package io.leeway.feedback;

/** The database cannot take rows now. */
public final class ProjectionUnavailableException extends RuntimeException {
    public ProjectionUnavailableException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
