package io.leeway.cli;

/** The thing asked for failed or did not hold: the message is printed and the exit status is 1. */
public final class CommandException extends RuntimeException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
