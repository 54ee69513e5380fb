package io.leeway.core.evaluation;

/** The direct method: the mean of qPi. As good as the reward model. */
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
    public boolean biased() {
        return true;
    }

    @Override
    public Term fit(LoggedRows rows) {
        return (weight, reward, qA, qPi) -> qPi;
    }

    /** It uses no weights, which is not the same as clipping them. */
    @Override
    public double clippedMass(LoggedRows rows) {
        return 0;
    }
}
