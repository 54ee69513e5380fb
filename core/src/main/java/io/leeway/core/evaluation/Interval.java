package io.leeway.core.evaluation;

/** A closed interval; its ends may be infinite where nothing is known. */
public record Interval(double lower, double upper) {
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("must be lower <= upper: lower=" + lower + " upper=" + upper);
        }
    }

    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    public double width() {
        return upper - lower;
    }

    /** The smallest interval that holds this one and the value. */
    public Interval stretchedTo(double value) {
        return new Interval(Math.min(lower, value), Math.max(upper, value));
    }

    /** The smallest interval that holds both. */
    public Interval hull(Interval other) {
        return new Interval(Math.min(lower, other.lower), Math.max(upper, other.upper));
    }
}
