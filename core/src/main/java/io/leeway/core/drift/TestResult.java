package io.leeway.core.drift;

/**
 * The outcome of a statistical test.
 *
 * @param statistic in the test's own unit
 * @param pValue in [0, 1]
 */
public record TestResult(double statistic, double pValue) {
    public TestResult {
        if (!Double.isFinite(statistic) || !(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException(
                    "must be finite with a p-value in [0, 1]: statistic=" + statistic + " pValue=" + pValue);
        }
    }
}
