package io.leeway.core.evaluation;

/** Thrown when logged rows are too few, or too unlike the policy to evaluate, for an estimate. */
public class InsufficientSupportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int rows;
    private final double effectiveSampleSize;

    public InsufficientSupportException(int rows, double effectiveSampleSize, Minimum minimum) {
        this(
                "must be >= " + minimum.rows() + " rows and >= " + minimum.effectiveSampleSize() + " effective: rows="
                        + rows + " effectiveSampleSize=" + effectiveSampleSize,
                rows,
                effectiveSampleSize);
    }

    private InsufficientSupportException(String message, int rows, double effectiveSampleSize) {
        super(message);
        this.rows = rows;
        this.effectiveSampleSize = effectiveSampleSize;
    }

    /** The policy would have taken none of the logged actions. */
    static InsufficientSupportException noWeight(int rows) {
        return new InsufficientSupportException(
                "must have rows that the policy could have taken: rows=" + rows + " effectiveSampleSize=0", rows, 0);
    }

    /** Much of what the policy chooses was never logged, so that its value is anybody's guess. */
    static InsufficientSupportException missing(LoggedRows rows, double missingWeight) {
        return new InsufficientSupportException(
                "must hold at least a quarter of what the policy chooses, the mean weight should be 1: meanWeight="
                        + rows.meanWeight() + " missingWeight=" + missingWeight,
                rows.size(),
                rows.effectiveSampleSize());
    }

    public int rows() {
        return rows;
    }

    public double effectiveSampleSize() {
        return effectiveSampleSize;
    }
}
