package io.leeway.core.evaluation;

/**
 * What one logged row adds to an estimate, once the estimator is fitted to all rows: the mean of the terms is the estimate, and their
 * spread is its uncertainty (for ratios, the terms of the linearisation). Pure.
 */
@FunctionalInterface
public interface Term {
    /**
     * The term of one row.
     *
     * @param weight importance weight, not negative
     * @param qA reward model at the logged action; 0 without a model
     * @param qPi its mean under the policy to evaluate; 0 without a model
     */
    double of(double weight, double reward, double qA, double qPi);

    /** The terms of all rows. */
    default double[] all(LoggedRows rows) {
        double[] terms = new double[rows.size()];
        boolean modelled = rows.hasRewardModel();
        for (int i = 0; i < terms.length; i++) {
            terms[i] = of(rows.weight(i), rows.reward(i), modelled ? rows.qA(i) : 0, modelled ? rows.qPi(i) : 0);
        }
        return terms;
    }
}
