package io.leeway.training;

/** The wait for feedback was in vain. */
public final class NotEnoughFeedbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int rows;
    private final int minimumRows;

    public NotEnoughFeedbackException(int rows, int minimumRows) {
        super("must have >= " + minimumRows + " rows of feedback: rows=" + rows);
        this.rows = rows;
        this.minimumRows = minimumRows;
    }

    public int rows() {
        return rows;
    }

    public int minimumRows() {
        return minimumRows;
    }
}
