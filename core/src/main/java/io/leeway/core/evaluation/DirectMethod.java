package io.leeway.core.evaluation;

/** The direct method: the mean of qPi. As good as the reward model, whose bias the interval does not cover. */
record DirectMethod() implements OffPolicyEstimator {
    @Override
    public String name() {
        return "dm";
    }

    @Override
    public boolean needsRewardModel() {
        return true;
    }

    @Override
    public Estimate estimate(LoggedRows rows, double confidence, Minimum minimum) {
        minimum.require(rows);
        return RowTerms.of(rows, rows::qPi)
                .estimate(name(), rows, confidence, 0)
                .withWarning("the interval does not cover the bias of the reward model");
    }
}
