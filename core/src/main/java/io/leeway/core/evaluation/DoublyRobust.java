package io.leeway.core.evaluation;

/**
 * The doubly robust estimator: the mean of qPi + w (r - qA). Unbiased if either the propensities or the reward model are right;
 * its terms are what {@link PairedComparison} compares.
 *
 * @see "Dudik, Erhan, Langford and Li, Doubly robust policy evaluation and optimization, Statistical Science 29, 2014, 485-511"
 */
record DoublyRobust() implements OffPolicyEstimator {
    @Override
    public String name() {
        return "dr";
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> qPi + weight * (reward - qA);
    }

    static double term(LoggedRows rows, int i) {
        return rows.qPi(i) + rows.weight(i) * (rows.reward(i) - rows.qA(i));
    }
}
