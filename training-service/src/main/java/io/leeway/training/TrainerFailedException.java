package io.leeway.training;

/** The child process that trains ended without a candidate. */
final class TrainerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    TrainerFailedException(String reason) {
        this(reason, null, false);
    }

    TrainerFailedException(String reason, Throwable cause) {
        this(reason, cause, false);
    }

    /** @param mayPass whether the same training may end well when it is tried again */
    TrainerFailedException(String reason, Throwable cause, boolean mayPass) {
        super(reason, cause);
        this.mayPass = mayPass;
    }

    boolean mayPass() {
        return mayPass;
    }
}
