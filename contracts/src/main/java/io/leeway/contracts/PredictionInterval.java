package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where the true value of a prediction lies with a stated probability. */
public record PredictionInterval(
        @JsonPropertyDescription("share of the values that lie within such intervals, in (0, 1)")
        double level,

        @JsonPropertyDescription("lower end, unit of the predicted value")
        double lower,

        @JsonPropertyDescription("upper end, unit of the predicted value, >= lower")
        double upper) {

    public PredictionInterval {
        if (!(level > 0 && level < 1)) {
            throw new ContractViolation("level", "must be in (0, 1)", level);
        }
        Check.finite("lower", lower);
        Check.atLeast("upper", Check.finite("upper", upper), lower);
    }
}
