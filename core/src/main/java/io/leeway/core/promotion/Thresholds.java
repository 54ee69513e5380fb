package io.leeway.core.promotion;

/**
 * What a candidate must reach.
 *
 * @param tolerance loss against the champion that is put up with, as a share of the champion's value (or error), in [0, 1]
 * @param gain smallest gain in units of the reward (or share of the error that must go); 0: a candidate that is proven not to lose more
 *     than the tolerance may pass, too
 * @param seriousLoss loss within one segment that keeps a candidate out, as a share of the champion's value, in [0, 1]
 * @param level probability of a wrong promotion that this candidate may use up, in (0, 1)
 */
public record Thresholds(double tolerance, double gain, double seriousLoss, double level) {
    public Thresholds {
        within("tolerance", tolerance, 0, 1);
        within("gain", gain, 0, Double.MAX_VALUE);
        within("seriousLoss", seriousLoss, 0, 1);
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): level=" + level);
        }
    }

    /** Of the sequences of one candidate: both of its proofs, of value and of prediction, have one side of half the level. */
    double confidence() {
        return 1 - level;
    }

    private static void within(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException("must be in [" + lowest + ", " + highest + "]: " + name + "=" + value);
        }
    }
}
