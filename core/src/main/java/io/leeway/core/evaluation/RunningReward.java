package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.Map;

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

    Map<String, Object> toJson() {
        return Map.of("weights", weights, "sum", sum);
    }

    void restore(JsonObject saved) {
        weights = saved.number("weights");
        sum = saved.number("sum");
    }
}
