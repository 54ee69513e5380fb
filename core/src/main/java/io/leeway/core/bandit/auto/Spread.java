package io.leeway.core.bandit.auto;

import java.util.Arrays;

/**
 * Where most of some values lie: from the 10% to the 90% quantile; of values that hardly vary, the narrowest of wider pairs of
 * quantiles that differ. Values far outside say no more than that they are far outside.
 *
 * @param lower quantile
 * @param upper quantile, larger than lower unless all values are equal
 */
record Spread(double lower, double upper) {
    private static final double[] TAILS = {0.1, 0.05, 0.02, 0.01, 0.005, 0};
    /** Widths of the spread beyond it at which values are bounded. */
    static final double REACH = 5;

    /** @param values of which the first {@code count} are used and get sorted; bounded in size so that differences are finite */
    static Spread of(double[] values, int count) {
        if (count == 0) {
            return new Spread(0, 0);
        }
        Arrays.sort(values, 0, count);
        for (double tail : TAILS) {
            int cut = (int) (tail * (count - 1));
            if (values[cut] < values[count - 1 - cut]) {
                return new Spread(values[cut], values[count - 1 - cut]);
            }
        }
        return new Spread(values[0], values[0]);
    }

    double width() {
        return upper - lower;
    }

    double bound(double value) {
        return Math.max(lower - REACH * width(), Math.min(upper + REACH * width(), value));
    }
}
