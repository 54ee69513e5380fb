package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How several rewards of one slot become one number. */
public enum RewardAggregation {
    @JsonProperty("first")
    FIRST,
    @JsonProperty("last")
    LAST,
    @JsonProperty("sum")
    SUM,
    @JsonProperty("mean")
    MEAN,
    @JsonProperty("min")
    MIN,
    @JsonProperty("max")
    MAX;

    /**
     * @param values in the order of their times, at least one
     * @throws IllegalArgumentException if there is none: that is for the loop's default reward to say
     */
    public double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("must have at least one reward: values=[]");
        }
        return switch (this) {
            case FIRST -> values.get(0);
            case LAST -> values.get(values.size() - 1);
            case SUM -> values.stream().mapToDouble(v -> v).sum();
            case MEAN -> values.stream().mapToDouble(v -> v).sum() / values.size();
            case MIN -> values.stream().mapToDouble(v -> v).min().getAsDouble();
            case MAX -> values.stream().mapToDouble(v -> v).max().getAsDouble();
        };
    }
}
