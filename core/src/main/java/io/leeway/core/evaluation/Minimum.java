package io.leeway.core.evaluation;

/**
 * Below this an off-policy estimate is refused.
 *
 * @param rows at least 2, so that there is a standard error
 * @param effectiveSampleSize not negative
 */
public record Minimum(int rows, double effectiveSampleSize) {
    public static final Minimum DEFAULT = new Minimum(100, 10);

    public Minimum {
        if (rows < 2) {
            throw new IllegalArgumentException("must be >= 2: rows=" + rows);
        }
        if (!(effectiveSampleSize >= 0)) {
            throw new IllegalArgumentException("must be >= 0: effectiveSampleSize=" + effectiveSampleSize);
        }
    }

    /** Throws {@link InsufficientSupportException} unless the rows suffice. */
    public void require(LoggedRows logged) {
        double effective = logged.effectiveSampleSize();
        if (logged.size() < rows || effective < effectiveSampleSize) {
            throw new InsufficientSupportException(logged.size(), effective, this);
        }
    }
}
