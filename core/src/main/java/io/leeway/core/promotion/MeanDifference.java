package io.leeway.core.promotion;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;

/** A mean of paired differences with its standard error; normal bounds. */
record MeanDifference(double mean, double standardError, int rows) {
    static MeanDifference of(int rows, IntToDoubleFunction difference) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            double value = difference.applyAsDouble(i);
            double before = value - mean;
            mean += before / (i + 1);
            squares += before * (value - mean);
        }
        double error = rows < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (rows - 1) / rows);
        return new MeanDifference(mean, error, rows);
    }

    /** One-sided lower bound. */
    double lower(double confidence) {
        return mean - new NormalDistribution(null, 0, 1).inverseCumulativeProbability(confidence) * standardError;
    }
}
