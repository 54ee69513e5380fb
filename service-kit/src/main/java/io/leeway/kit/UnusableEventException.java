package io.leeway.kit;

/** A record that can never be used, however often it is read: it goes to the dead-letter topic with this reason. */
public final class UnusableEventException extends RuntimeException {
    public UnusableEventException(String reason) {
        super(reason);
    }

    public UnusableEventException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
