package io.leeway.core.logs;

/**
 * Something that came of a decision.
 *
 * @param value the reward; null for an activation
 */
public record Outcome(Double value) {
    public Outcome {
        if (value != null && !Double.isFinite(value)) {
            throw new LogFormatException("must be finite: value=" + value);
        }
    }

    /** A reward of this value. */
    public static Outcome reward(double value) {
        return new Outcome(value);
    }

    /** The word that a deferred decision was shown. */
    public static Outcome activation() {
        return new Outcome(null);
    }

    public boolean isActivation() {
        return value == null;
    }
}
