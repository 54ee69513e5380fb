package io.leeway.training;

/** The job is no longer this instance's: its loop was deleted, or its lease ended and somebody else took it up. */
final class LostJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostJobException(String jobId) {
        super("must still be held here: jobId=" + jobId);
    }
}
