package io.leeway.cli.client;

/** A service refused a call or could not be reached; the message is for people. */
public final class CallException extends RuntimeException {
    private final int status;

    CallException(int status, String message) {
        super(message);
        this.status = status;
    }

    CallException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** HTTP status; 0 if nobody answered. */
    public int status() {
        return status;
    }
}
