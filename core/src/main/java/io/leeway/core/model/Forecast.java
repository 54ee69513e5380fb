package io.leeway.core.model;

import java.util.Optional;

/**
 * What a regression model expects in one context: a number, and the interval around it where the model states one. Immutable.
 *
 * @param value the same as {@link Scorer#predict} says
 */
public record Forecast(double value, Optional<Bounds> interval) {
    /**
     * An interval that is to hold a share of the values.
     *
     * @param level the share, in (0, 1)
     */
    public record Bounds(double level, double lower, double upper) {
        public Bounds {
            if (!(lower <= upper)) {
                throw new IllegalArgumentException("must be lower <= upper: lower=" + lower + " upper=" + upper);
            }
        }

        public double width() {
            return upper - lower;
        }

        public boolean holds(double value) {
            return value >= lower && value <= upper;
        }
    }

    public Forecast {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: score=" + value);
        }
    }
}
