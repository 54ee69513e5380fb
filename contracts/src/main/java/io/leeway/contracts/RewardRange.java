package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The bounds that a loop states for its rewards; intervals and confidence sequences need them. */
public record RewardRange(
        @JsonPropertyDescription("smallest reward, unit of the reward; below max")
        Double min,

        @JsonPropertyDescription("largest reward, unit of the reward; above min")
        Double max,

        @JsonPropertyDescription("what happens to a reward outside: refuse (default) or clip")
        OutOfRange outOfRange) {

    public static final RewardRange UNIT = new RewardRange(0.0, 1.0, OutOfRange.REFUSE);

    /** What happens to a reward outside of the range; either is counted. */
    public enum OutOfRange {
        @JsonProperty("refuse")
        REFUSE,
        @JsonProperty("clip")
        CLIP
    }

    public RewardRange {
        Check.finite("min", min);
        Check.finite("max", max);
        if (!(min < max)) {
            throw new ContractViolation("max", "must be above min=" + min, max);
        }
        outOfRange = Check.or(outOfRange, OutOfRange.REFUSE);
    }

    public boolean contains(double value) {
        return value >= min && value <= max;
    }

    public double clip(double value) {
        return Math.max(min, Math.min(max, value));
    }
}
