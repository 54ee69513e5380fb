package io.leeway.simulator.traffic;

/** A call of a service that was not answered as it should; the message names the call and what came back. */
public final class CallFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Stands for "no answer at all". */
    public static final int NO_ANSWER = 0;

    private final int status;

    public CallFailedException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** HTTP status of the answer, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }
}
