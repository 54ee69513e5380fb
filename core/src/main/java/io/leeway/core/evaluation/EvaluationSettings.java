package io.leeway.core.evaluation;

/**
 * How an evaluation is made.
 *
 * @param confidence of the intervals, in (0, 1)
 * @param rewardRange the stated bounds of the rewards
 * @param maximumWeight what no importance weight can exceed, such as 1 / floor; infinite where nobody knows
 * @param interval the method whose interval is shown
 * @param seed of the bootstrap
 */
public record EvaluationSettings(
        double confidence,
        Minimum minimum,
        RewardRange rewardRange,
        double maximumWeight,
        IntervalMethod interval,
        long seed) {
    public EvaluationSettings {
        RowTerms.requireConfidence(confidence);
        if (!(maximumWeight >= 1)) {
            throw new IllegalArgumentException("must be >= 1: maximumWeight=" + maximumWeight);
        }
    }

    /** 95 percent, the default minimum and method, weights without a known bound. */
    public static EvaluationSettings of(RewardRange rewardRange) {
        return new EvaluationSettings(
                0.95, Minimum.DEFAULT, rewardRange, Double.POSITIVE_INFINITY, IntervalMethod.LIKELIHOOD, 1);
    }

    public EvaluationSettings with(Minimum other) {
        return new EvaluationSettings(confidence, other, rewardRange, maximumWeight, interval, seed);
    }

    public EvaluationSettings with(IntervalMethod other) {
        return new EvaluationSettings(confidence, minimum, rewardRange, maximumWeight, other, seed);
    }

    public EvaluationSettings withMaximumWeight(double other) {
        return new EvaluationSettings(confidence, minimum, rewardRange, other, interval, seed);
    }

    double alpha() {
        return 1 - confidence;
    }
}
