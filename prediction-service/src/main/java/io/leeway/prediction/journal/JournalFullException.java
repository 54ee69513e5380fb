package io.leeway.prediction.journal;

/** The journal has reached its bound, or the disk is full. */
public final class JournalFullException extends RuntimeException {
    JournalFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
