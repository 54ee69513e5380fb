package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;

/**
 * Brings rewards to a scale on which most lie in [0, 1], by the {@link Spread} of what is remembered; one that is extreme is
 * bounded, so that it neither flattens nor outweighs all others. Rewards of 0 and 1 stay what they are. Not thread-safe.
 */
final class RewardScale {
    /** Sums and differences of larger rewards would overflow. */
    private static final double LARGEST = 1e300;
    /** The share of other values that two-valued rewards may have. */
    private static final double EXCEPTIONS = 0.02;

    private Spread spread = new Spread(0, 1);
    private boolean twoValued = true;

    /** The scaled reward, in [-5, 6]. */
    double scale(double reward) {
        return (spread.bound(reward) - spread.lower()) / spread.width();
    }

    /** Bounds a prediction to what scaled rewards can be. */
    static double bound(double scaled) {
        return Math.max(-Spread.REACH, Math.min(1 + Spread.REACH, scaled));
    }

    /** The inverse of {@link #scale} within its range. */
    double unscale(double scaled) {
        return spread.lower() + scaled * spread.width();
    }

    /** True when nearly all rewards are either 0 or 1 when scaled. */
    boolean isTwoValued() {
        return twoValued;
    }

    /** Takes the scale from what is remembered. */
    void refresh(Feedbacks feedbacks) {
        int count = feedbacks.size();
        double[] rewards = new double[count];
        for (int i = 0; i < count; i++) {
            rewards[i] = Math.max(-LARGEST, Math.min(LARGEST, feedbacks.get(i).reward()));
        }
        Spread now = Spread.of(rewards, count);
        spread = now.width() > 0 ? now : aroundZero(now.lower());
        int others = 0;
        for (double reward : rewards) {
            double scaled = scale(reward);
            others += scaled == 0 || scaled == 1 ? 0 : 1;
        }
        twoValued = others <= EXCEPTIONS * count;
    }

    /** Of one value only, nothing is known but its size. */
    private static Spread aroundZero(double value) {
        return value == 0 ? new Spread(0, 1) : new Spread(Math.min(0, value), Math.max(0, value));
    }

    double lower() {
        return spread.lower();
    }

    double width() {
        return spread.width();
    }

    void exchange(Memento state) {
        spread = new Spread(state.number(spread.lower()), state.number(spread.upper()));
        twoValued = state.flag(twoValued);
    }
}
