package io.leeway.core.evaluation;

/** Thrown when logged rows are too few, or too unlike the policy to evaluate, for an estimate. */
public class InsufficientSupportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int rows;
    private final double effectiveSampleSize;

    public InsufficientSupportException(int rows, double effectiveSampleSize, Minimum minimum) {
        super("must be >= " + minimum.rows() + " rows and >= " + minimum.effectiveSampleSize() + " effective: rows="
                + rows + " effectiveSampleSize=" + effectiveSampleSize);
        this.rows = rows;
        this.effectiveSampleSize = effectiveSampleSize;
    }

    public int rows() {
        return rows;
    }

    public double effectiveSampleSize() {
        return effectiveSampleSize;
    }
}
