package io.leeway.core.evaluation;

/**
 * Errors of predicted against observed values, in the unit of the values.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 * @param bias mean of predicted minus observed
 */
public record RegressionMetrics(long rows, double rmse, double mae, double bias) {
    /** Of at least one pair of finite values. */
    public static RegressionMetrics of(double[] predicted, double[] observed) {
        if (predicted.length == 0 || predicted.length != observed.length) {
            throw new IllegalArgumentException(
                    "must be of one length >= 1: predicted=" + predicted.length + " observed=" + observed.length);
        }
        double squares = 0;
        double absolutes = 0;
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            double error = predicted[i] - observed[i];
            if (!Double.isFinite(error)) {
                throw new IllegalArgumentException(
                        "must be finite: predicted=" + predicted[i] + " observed=" + observed[i] + " row=" + i);
            }
            squares += error * error;
            absolutes += Math.abs(error);
            sum += error;
        }
        int rows = predicted.length;
        return new RegressionMetrics(rows, Math.sqrt(squares / rows), absolutes / rows, sum / rows);
    }
}
