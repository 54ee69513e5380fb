package io.leeway.simulator.dataset;

/** A data set has no column of a name that was asked for; the message lists those that it has. */
public final class UnknownColumnException extends DatasetException {

    private static final long serialVersionUID = 1;

    public UnknownColumnException(String message) {
        super(message);
    }
}
