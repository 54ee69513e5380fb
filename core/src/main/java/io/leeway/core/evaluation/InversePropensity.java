package io.leeway.core.evaluation;

/**
 * Inverse propensity scoring: the mean of w r. Unbiased where the logs support the policy; large weights make it noisy.
 *
 * @see "Horvitz and Thompson, A generalization of sampling without replacement from a finite universe, JASA 47, 1952"
 */
record InversePropensity() implements OffPolicyEstimator {
    @Override
    public String name() {
        return "ips";
    }

    @Override
    public boolean needsRewardModel() {
        return false;
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> weight * reward;
    }
}
