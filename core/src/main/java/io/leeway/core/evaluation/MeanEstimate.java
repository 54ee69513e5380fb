package io.leeway.core.evaluation;

import org.apache.commons.math3.distribution.TDistribution;

/** A mean of terms with its standard error and interval. */
public record MeanEstimate(double mean, double standardError, Interval interval) {
    private static final double FEWEST_FREEDOM = 2;

    /**
     * With an adjusted empirical likelihood interval, whose threshold is Student's with as many degrees of freedom as rows count.
     *
     * @param terms at least two
     * @param lowest what one more term could be at least
     * @param highest what one more term could be at most
     */
    public static MeanEstimate likelihood(
            double[] terms, double lowest, double highest, double effectiveSampleSize, double confidence) {
        RowTerms.requireConfidence(confidence);
        double freedom = Math.max(FEWEST_FREEDOM, effectiveSampleSize - 1);
        double quantile = new TDistribution(null, freedom).inverseCumulativeProbability(0.5 + confidence / 2);
        RowTerms summary = RowTerms.of(terms);
        Interval interval = EmpiricalLikelihood.interval(terms, lowest, highest, quantile * quantile / 2)
                .stretchedTo(summary.mean());
        return new MeanEstimate(summary.mean(), summary.standardError(), interval);
    }
}
