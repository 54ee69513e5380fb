package io.leeway.core.evaluation;

/**
 * Doubly robust with optimistic shrinkage: weights become lambda w / (w^2 + lambda), which is w for small ones and lambda / w for
 * large ones.
 *
 * @see "Su, Dimakopoulou, Krishnamurthy and Dudik, Doubly robust off-policy evaluation with shrinkage, ICML 2020"
 */
record ShrunkDoublyRobust(double lambda) implements OffPolicyEstimator {
    ShrunkDoublyRobust {
        if (!(lambda > 0)) {
            throw new IllegalArgumentException("must be > 0: lambda=" + lambda);
        }
    }

    @Override
    public String name() {
        return "dr-os@" + Slope.text(lambda);
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public boolean biased() {
        return true;
    }

    @Override
    public double used(double weight) {
        return Double.isInfinite(lambda) ? weight : lambda * weight / (weight * weight + lambda);
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> qPi + used(weight) * (reward - qA);
    }
}
