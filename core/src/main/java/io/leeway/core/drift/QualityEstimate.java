package io.leeway.core.drift;

/**
 * What a quality will turn out to be, estimated before the rewards are known: an estimate that assumes that rewards still depend on
 * inputs and predictions as they did, and that cannot see it if they do not. Immutable.
 *
 * @param measure such as "mean absolute error"
 * @param value expected mean over the rows
 * @param low of the 95 % interval
 * @param high of the 95 % interval
 * @param reference the same where rewards were known
 * @param rows estimated for
 */
public record QualityEstimate(String measure, double value, double low, double high, double reference, long rows) {
    /** Always true: what was observed is no such record. */
    public boolean estimated() {
        return true;
    }

    /** Whether the reference lies outside the interval. */
    public boolean differs() {
        return reference < low || reference > high;
    }

    static QualityEstimate of(String measure, double value, double standardError, double reference, long rows) {
        return new QualityEstimate(
                measure, value, value - 1.96 * standardError, value + 1.96 * standardError, reference, rows);
    }
}
