package io.leeway.core.logs;

/** Thrown for a line that is no decision with its reward; the message says why. */
public class LogFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public LogFormatException(String message) {
        super(message);
    }

    public LogFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
