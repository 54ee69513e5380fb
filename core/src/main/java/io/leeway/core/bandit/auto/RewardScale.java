package io.leeway.core.bandit.auto;

/**
 * Brings rewards to about [0, 1]: from the lowest to the highest remembered, after bounding to a few standard deviations
 * around the mean, so that one extreme reward does not flatten all others. Not thread-safe.
 */
final class RewardScale {
    private static final double DEVIATIONS = 6;
    /** Bounding lowers the standard deviation, which bounds closer: repeated until it hardly moves. */
    private static final int ROUNDS = 4;

    private double lowest;
    private double highest = 1;
    private boolean twoValued = true;

    /** The scaled reward, in [0, 1]. */
    double scale(double reward) {
        double bounded = Math.max(lowest, Math.min(highest, reward));
        return (bounded - lowest) / (highest - lowest);
    }

    /** The inverse of {@link #scale}. */
    double unscale(double scaled) {
        return lowest + scaled * (highest - lowest);
    }

    /** True when there are no rewards but the lowest and the highest. */
    boolean isTwoValued() {
        return twoValued;
    }

    /** Takes the range from what is remembered. */
    void refresh(Feedbacks feedbacks) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < feedbacks.size(); i++) {
            low = Math.min(low, feedbacks.get(i).reward());
            high = Math.max(high, feedbacks.get(i).reward());
        }
        twoValued = true;
        for (int i = 0; i < feedbacks.size(); i++) {
            double reward = feedbacks.get(i).reward();
            twoValued &= reward == low || reward == high;
        }
        for (int round = 0; round < ROUNDS && !twoValued; round++) {
            double sum = 0;
            double squares = 0;
            // Halves keep sums of the largest doubles finite.
            double middle = low / 2 + high / 2;
            double half = Math.max(high / 2 - low / 2, Double.MIN_NORMAL);
            for (int i = 0; i < feedbacks.size(); i++) {
                double value = (Math.max(low, Math.min(high, feedbacks.get(i).reward())) - middle) / half;
                sum += value;
                squares += value * value;
            }
            double mean = sum / feedbacks.size();
            double reach = DEVIATIONS * Math.sqrt(Math.max(0, squares / feedbacks.size() - mean * mean));
            low = Math.max(low, middle + half * Math.max(-1, mean - reach));
            high = Math.min(high, middle + half * Math.min(1, mean + reach));
        }
        if (!(high > low)) {
            low = Math.min(0, low);
            high = Math.max(low + 1, Math.max(0, high));
        }
        if (!Double.isFinite(high - low)) {
            low /= 4;
            high /= 4;
        }
        lowest = low;
        highest = high;
    }
}
