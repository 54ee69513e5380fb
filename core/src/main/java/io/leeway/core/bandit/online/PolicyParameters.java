package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Floor;
import java.util.Map;

/** Given values over defaults. */
record PolicyParameters(Map<String, Double> given) {
    /** Total probability that a policy without probabilities of its own spreads over all actions: half a percent. */
    static final double DEFAULT_FLOOR = 0.005;

    double get(String name, double otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    /** A whole number of at least {@code least}. */
    int whole(String name, int otherwise, int least) {
        double value = get(name, otherwise);
        if (!(value >= least && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw new IllegalArgumentException("must be a whole number >= " + least + ": " + name + "=" + value);
        }
        return (int) value;
    }

    boolean flag(String name, boolean otherwise) {
        double value = get(name, otherwise ? 1 : 0);
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("must be 0 or 1: " + name + "=" + value);
        }
        return value == 1;
    }

    Floor floor() {
        return new Floor(get("floor", DEFAULT_FLOOR));
    }
}
