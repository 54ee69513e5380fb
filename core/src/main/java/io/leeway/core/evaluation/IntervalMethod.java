package io.leeway.core.evaluation;

/** How an interval is made from the terms of an estimator. */
public enum IntervalMethod {
    /** Adjusted empirical likelihood ({@link EmpiricalLikelihood}): asymmetric, holds with rare rewards and heavy weights. The default. */
    LIKELIHOOD("likelihood"),
    /** Mean plus and minus normal quantiles: too narrow where few rewards or few heavy weights decide. */
    NORMAL("normal"),
    /** Percentiles of seeded resamples: as much too narrow as the normal one where an event was never seen. */
    BOOTSTRAP("bootstrap"),
    /** Maurer and Pontil's inequality: holds at every size for bounded weights, at the price of its width. */
    EMPIRICAL_BERNSTEIN("empiricalBernstein");

    private final String word;

    IntervalMethod(String word) {
        this.word = word;
    }

    /** Its name for people and in JSON. */
    public String word() {
        return word;
    }
}
