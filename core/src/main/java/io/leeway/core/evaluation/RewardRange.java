package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/** The bounds that a loop states for its rewards: without them no interval at small counts can be trusted. */
public record RewardRange(double min, double max) {
    public static final RewardRange UNIT = new RewardRange(0, 1);

    public RewardRange {
        if (!Double.isFinite(min) || !Double.isFinite(max) || !(min < max)) {
            throw new IllegalArgumentException("must be finite and min < max: min=" + min + " max=" + max);
        }
    }

    public double width() {
        return max - min;
    }

    public boolean contains(double reward) {
        return reward >= min && reward <= max;
    }

    /** The nearest value within the range. */
    public double clip(double value) {
        return Math.max(min, Math.min(max, value));
    }

    /** Refuses a reward outside of the range. */
    public double require(double reward) {
        if (!contains(reward)) { // also rejects NaN
            throw new IllegalArgumentException("must be in [" + min + ", " + max + "]: reward=" + reward);
        }
        return reward;
    }

    public Map<String, Object> toJson() {
        return Map.of("min", min, "max", max);
    }

    public static RewardRange fromJson(JsonObject json) {
        return new RewardRange(json.number("min"), json.number("max"));
    }

    /** The unit range, stretched to hold the rewards of the rows: a guess, where nobody states the range. */
    public static RewardRange guess(LoggedRows rows) {
        double min = UNIT.min;
        double max = UNIT.max;
        for (int i = 0; i < rows.size(); i++) {
            min = Math.min(min, rows.reward(i));
            max = Math.max(max, rows.reward(i));
        }
        return new RewardRange(min, max);
    }
}
