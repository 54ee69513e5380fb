package io.leeway.core.evaluation;

/**
 * Importance-weighted regression, as Vowpal Wabbit's {@code mtr} reduction learns: the reward model is recalibrated on the rows,
 * r = c + s qA by least squares weighted with w, and the value is the recalibrated model's mean under the policy. As the weighted
 * residuals sum to 0 this is doubly robust, too. A model that is constant leaves snips.
 *
 * @see "Kang and Schafer, Demystifying double robustness, Statistical Science 22, 2007, 523-539 (weighted regression)"
 * @see "Bietti, Agarwal and Langford, A contextual bandit bake-off, JMLR 22, 2021 (mtr: importance-weighted regression)"
 */
record RegressedDoublyRobust() implements OffPolicyEstimator {
    /** Below this share of the mean square a model's variance is rounding. */
    private static final double CONSTANT = 1e-12;

    @Override
    public String name() {
        return "mtr";
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public Term fit(LoggedRows rows) {
        double weights = 0;
        double meanQ = 0;
        double meanR = 0;
        double varianceQ = 0;
        double covariance = 0;
        double squares = 0;
        for (int i = 0; i < rows.size(); i++) {
            double weight = rows.weight(i);
            if (weight > 0) {
                weights += weight;
                double q = rows.qA(i) - meanQ;
                meanQ += weight / weights * q;
                meanR += weight / weights * (rows.reward(i) - meanR);
                varianceQ += weight * q * (rows.qA(i) - meanQ);
                covariance += weight * q * (rows.reward(i) - meanR);
                squares += weight * rows.qA(i) * rows.qA(i);
            }
        }
        if (weights == 0) {
            throw InsufficientSupportException.noWeight(rows.size());
        }
        double slope = varianceQ > CONSTANT * squares ? covariance / varianceQ : 0;
        double constant = meanR - slope * meanQ;
        return (weight, reward, qA, qPi) -> constant + slope * qPi + weight * (reward - constant - slope * qA);
    }
}
