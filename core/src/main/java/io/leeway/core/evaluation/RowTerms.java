package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Terms, one per row, whose mean is the estimate. */
record RowTerms(double mean, double standardError) {
    /** A mean weight this far from 1, in standard errors, says that the propensities are wrong or support is lacking. */
    private static final double WEIGHT_ALARM = 4;

    static RowTerms of(LoggedRows rows, IntToDoubleFunction term) {
        return of(rows.size(), term);
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

    double lower(double confidence) {
        return mean - quantile(confidence) * standardError;
    }

    double upper(double confidence) {
        return mean + quantile(confidence) * standardError;
    }

    Estimate estimate(String name, LoggedRows rows, double confidence, double clippedMass) {
        return new Estimate(
                name,
                mean,
                standardError,
                lower(confidence),
                upper(confidence),
                rows.effectiveSampleSize(),
                rows.maximumWeight(),
                clippedMass,
                rows.size(),
                warnings(rows, clippedMass));
    }

    private static List<String> warnings(LoggedRows rows, double clippedMass) {
        List<String> warnings = new ArrayList<>();
        double effective = rows.effectiveSampleSize();
        if (effective < rows.size() / 10.0) {
            warnings.add("few rows count: effectiveSampleSize=" + Math.round(effective) + " of " + rows.size());
        }
        RowTerms weights = of(rows, rows::weight);
        if (Math.abs(weights.mean - 1) > WEIGHT_ALARM * weights.standardError && Math.abs(weights.mean - 1) > 1e-6) {
            warnings.add(
                    "the mean weight should be 1, so propensities or support are doubtful: meanWeight=" + weights.mean);
        }
        if (clippedMass > 0.05) {
            warnings.add("clipping cut off much of the weight: clippedMass=" + clippedMass);
        }
        return warnings;
    }

    private static double quantile(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): confidence=" + confidence);
        }
        return new NormalDistribution().inverseCumulativeProbability(0.5 + confidence / 2);
    }
}
