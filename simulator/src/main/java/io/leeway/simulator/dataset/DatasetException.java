package io.leeway.simulator.dataset;

/** A data file cannot be read as what it should be; the message names file, column, row and value. */
public class DatasetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
