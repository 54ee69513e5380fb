package io.leeway.simulator.world;

/** The bounds that every reward of a world keeps, both inclusive. */
public record RewardRange(double lowest, double highest) {
    public RewardRange {
        if (!(lowest < highest)) {
            throw new IllegalArgumentException(
                    "must be lowest < highest: lowest=" + lowest + ", highest=" + highest);
        }
    }

    public double clip(double value) {
        return Math.min(highest, Math.max(lowest, value));
    }

    /**
     * A noisy reward within the range whose mean is exactly {@code expected}: the noise is cut off at the same distance on
     * both sides, so that keeping within the range does not move the mean.
     */
    public double around(double expected, double noise) {
        double room = Math.min(expected - lowest, highest - expected);
        return expected + Math.min(room, Math.max(-room, noise));
    }
}
