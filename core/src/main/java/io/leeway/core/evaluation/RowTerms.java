package io.leeway.core.evaluation;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Terms, one per row, whose mean is the estimate. */
record RowTerms(double mean, double standardError) {
    static RowTerms of(double[] terms) {
        return of(terms.length, i -> terms[i]);
    }

    static RowTerms of(int rows, IntToDoubleFunction term) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            double before = term.applyAsDouble(i) - mean;
            mean += before / (i + 1);
            squares += before * (term.applyAsDouble(i) - mean);
        }
        return new RowTerms(mean, Math.sqrt(squares / (rows - 1) / rows));
    }

    Interval normal(double confidence) {
        return new Interval(lower(confidence), upper(confidence));
    }

    double lower(double confidence) {
        return mean - quantile(confidence) * standardError;
    }

    double upper(double confidence) {
        return mean + quantile(confidence) * standardError;
    }

    private static double quantile(double confidence) {
        requireConfidence(confidence);
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.5 + confidence / 2);
    }

    static void requireConfidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): confidence=" + confidence);
        }
    }
}
