package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;

/**
 * The range and unit of the rewards seen. A single outlier neither widens the range for good nor sets the unit. Not thread-safe.
 */
final class RewardScale {
    /** What weights kept as floats can follow. */
    private static final double LARGEST = 1e30;

    private final RunningScale scale = new RunningScale();
    private boolean any;
    private double lower;
    private double upper;

    /** Takes a reward in; returns it bounded to eight deviations around the mean of those before. */
    double observe(double reward) {
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
        scale.observe(0, Math.max(-LARGEST, Math.min(LARGEST, reward)));
        double bounded = bounded(reward);
        lower = any ? Math.min(lower, bounded) : bounded;
        upper = any ? Math.max(upper, bounded) : bounded;
        any = true;
        return bounded;
    }

    /** The least reward, as bounded today; 0 before any. */
    double lower() {
        return bounded(lower);
    }

    /** The largest reward, as bounded today; 0 before any. */
    double upper() {
        return bounded(upper);
    }

    /** By how many units predictions may lie outside the range. */
    private static final double MARGIN = 4;

    /** A reward this many units off the range is of another kind. */
    private static final double ANOTHER = 1000;

    /** A prediction cut off not far outside the range: what was learned under another range rules nothing out for good. */
    double near(double prediction) {
        double margin = MARGIN * unit();
        return Math.max(lower() - margin, Math.min(upper() + margin, prediction));
    }

    /** True if what was learned from rewards of this size says nothing about those of now. */
    boolean isOfAnotherRange(double largest) {
        return largest > Math.max(Math.abs(lower()), Math.abs(upper())) + ANOTHER * unit();
    }

    /** The width of the range, at most four deviations; 1 where rewards do not vary. */
    double unit() {
        if (!any) {
            return 1;
        }
        double width = upper() - lower();
        double deviation = scale.inverseDeviation(0) > 0 ? 1 / scale.inverseDeviation(0) : 0;
        double unit = Math.min(width, 4 * deviation);
        return unit > 0 ? unit : Math.max(1e-100, Math.max(Math.abs(lower()), Math.abs(upper())));
    }

    private double bounded(double reward) {
        double inverse = scale.inverseDeviation(0);
        if (!(inverse > 0)) {
            return Math.max(-LARGEST, Math.min(LARGEST, reward));
        }
        double reach = RunningScale.CLIP / inverse;
        return Math.max(scale.mean(0) - reach, Math.min(scale.mean(0) + reach, reward));
    }

    /** Where {@link #near} cuts off below. */
    double least() {
        return near(-Double.MAX_VALUE);
    }

    /** Where {@link #near} cuts off above. */
    double most() {
        return near(Double.MAX_VALUE);
    }

    void exchange(Memento state) {
        scale.exchange(state);
        any = state.flag(any);
        lower = state.number(lower);
        upper = state.number(upper);
    }
}
