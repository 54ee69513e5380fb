package io.leeway.training;

/** The child process that trains ended without a candidate. */
final class TrainerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainerFailedException(String reason) {
        super(reason);
    }

    TrainerFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
