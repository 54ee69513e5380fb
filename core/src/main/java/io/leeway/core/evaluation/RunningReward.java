package io.leeway.core.evaluation;

/** The weighted mean of the rewards so far, kept within their range: a prediction of the next one. Not thread-safe. */
final class RunningReward {
    private final RewardRange range;
    private double weights = 1;
    private double sum;

    RunningReward(RewardRange range) {
        this.range = range;
        this.sum = (range.min() + range.max()) / 2;
    }

    double mean() {
        return range.clip(sum / weights);
    }

    void add(double weight, double reward) {
        weights += weight;
        sum += weight * reward;
    }
}
