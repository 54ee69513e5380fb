package io.leeway.stack;

/** Something of the local stack could not be started, found or stopped; the message says what and with which value. */
public class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
