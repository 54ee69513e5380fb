package io.leeway.prediction;

/** A published model cannot be served; the message says why. The model that served before goes on. */
public final class ModelRefusedException extends RuntimeException {
    public ModelRefusedException(String reason) {
        super(reason);
    }

    public ModelRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
