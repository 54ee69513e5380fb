package io.leeway.core.bandit.online;

/**
 * How the ridge learners learn.
 *
 * @param lambda penalty, greater than 0
 * @param forgetting factor per feedback of the same weights, in (0, 1]; 1 forgets nothing
 * @param standardise numbers by what was learned from so far
 * @param scaled deviations in units of the rewards' range; else of 1, as in the literature
 * @param maximumColumns features beyond share columns; memory is 4 columns^2 bytes per action, or per shared model
 */
public record RidgeOptions(double lambda, double forgetting, boolean standardise, boolean scaled, int maximumColumns) {
    public RidgeOptions {
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("must be > 0: lambda=" + lambda);
        }
        if (!(forgetting > 0 && forgetting <= 1)) {
            throw new IllegalArgumentException("must be in (0, 1]: forgetting=" + forgetting);
        }
        if (maximumColumns < 2) {
            throw new IllegalArgumentException("must be >= 2: maximumColumns=" + maximumColumns);
        }
    }

    public static RidgeOptions defaults() {
        return new RidgeOptions(1, 1, true, true, 256);
    }
}
