package io.leeway.simulator.world;

/**
 * A change of tastes: from a moment on the actions trade places, so that what an action was worth is now another's worth.
 * The values of the uniform and of the best policy stay what they were; only what was learned is wrong.
 *
 * @param from first moment of the change
 * @param window number of visits over which it takes hold, from 0 (abrupt)
 * @param seed decides who trades places with whom
 */
public record Shift(long from, long window, long seed) {
    public Shift {
        if (from < 0) {
            throw new IllegalArgumentException("must be >= 0: from=" + from);
        }
        if (window < 0) {
            throw new IllegalArgumentException("must be >= 0: window=" + window);
        }
    }

    public static Shift abrupt(long from, long seed) {
        return new Shift(from, 0, seed);
    }

    public static Shift gradual(long from, long window, long seed) {
        return new Shift(from, window, seed);
    }

    /** How much of the change has taken hold, from 0 to 1. */
    public double progress(long moment) {
        if (moment < from) {
            return 0;
        }
        return window == 0 ? 1 : Math.min(1, (moment - from + 1) / (double) window);
    }
}
