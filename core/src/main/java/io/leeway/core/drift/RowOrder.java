package io.leeway.core.drift;

/**
 * What the order of a column's rows says about how many of them count. Immutable.
 *
 * @param dependence how many values in a row count for one independent value, at least 1; see {@link SerialDependence}
 * @param ofMissing the same of whether there is a value, at least 1: a price follows the last one, what is lost of it does not
 * @param longestRun rows in a row that have the same value, at most; 0 if the order is not known
 * @param secondRun the same of all values but the one of the longest run; 0 if the order is not known
 */
public record RowOrder(double dependence, double ofMissing, long longestRun, long secondRun) {
    /** Rows that are independent of each other, or of which nothing else is known. */
    public static final RowOrder INDEPENDENT = new RowOrder(1, 1, 0, 0);

    public RowOrder {
        if (!(dependence >= 1)) {
            throw new IllegalArgumentException("must be >= 1: dependence=" + dependence);
        }
        if (!(ofMissing >= 1)) {
            throw new IllegalArgumentException("must be >= 1: ofMissing=" + ofMissing);
        }
        if (secondRun < 0 || secondRun > longestRun) {
            throw new IllegalArgumentException("must be in [0, longestRun=" + longestRun + "]: secondRun=" + secondRun);
        }
    }
}
