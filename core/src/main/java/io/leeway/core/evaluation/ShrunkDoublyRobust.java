package io.leeway.core.evaluation;

/**
 * Doubly robust with optimistic shrinkage: weights become lambda w / (w^2 + lambda), which is w for small ones and lambda / w for
 * large ones.
 *
 * @see "Su, Dimakopoulou, Krishnamurthy and Dudik, Doubly robust off-policy evaluation with shrinkage, ICML 2020"
 */
record ShrunkDoublyRobust(double lambda) implements ReweightedDoublyRobust {
    ShrunkDoublyRobust {
        ReweightedDoublyRobust.requirePositive("lambda", lambda);
    }

    @Override
    public String name() {
        return "dr-os@" + Slope.text(lambda);
    }

    @Override
    public double used(double weight) {
        return Double.isInfinite(lambda) ? weight : lambda * weight / (weight * weight + lambda);
    }
}
