package io.leeway.core.promotion;

import java.time.Duration;
import java.util.List;

/**
 * How a challenger is tried live.
 *
 * @param shares of the decisions that it makes, step by step, each in (0, 0.5]; empty for a shadow, which makes none
 * @param bakingTime least time of each step
 * @param patience time after which a challenger of which nothing is proven is rolled back
 * @param gain smallest gain to prove, in units of the reward; 0: proven not worse than the tolerance is enough
 */
public record CanaryPlan(List<Double> shares, Duration bakingTime, Duration patience, double gain) {
    public CanaryPlan {
        shares = List.copyOf(shares);
        for (double share : shares) {
            if (!(share > 0 && share <= 0.5)) {
                throw new IllegalArgumentException("must be in (0, 0.5]: share=" + share);
            }
        }
        if (bakingTime.isNegative() || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "must not be negative: bakingTime=" + bakingTime + " patience=" + patience);
        }
        if (!(gain >= 0)) {
            throw new IllegalArgumentException("must be >= 0: gain=" + gain);
        }
    }

    /** How many steps there are; at least one. */
    public int steps() {
        return Math.max(1, shares.size());
    }

    /** Share of a step, from 0 on; 0 for a shadow. */
    public double share(int step) {
        return shares.isEmpty() ? 0 : shares.get(step);
    }

    public double smallestShare() {
        return shares.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    public double largestShare() {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
