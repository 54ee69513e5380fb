package io.leeway.prediction.fast;

/** A request that the general way has to read: it is unusual, or it is wrong, and then the general way says what is wrong. */
final class NotPlainException extends RuntimeException {
    NotPlainException() {
        // Without a stack trace: it is thrown for every request that is not plain.
        super(null, null, false, false);
    }
}
