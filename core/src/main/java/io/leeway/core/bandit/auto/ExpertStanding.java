package io.leeway.core.bandit.auto;

/**
 * How an expert stands in the comparison by what it predicted before it came.
 *
 * @param weight its share, in [0, 1]; 0 for one that does not count
 * @param meanSquaredError of scaled rewards, old ones fading
 * @param counts whether it is one of those that decide
 */
public record ExpertStanding(String name, double weight, double meanSquaredError, boolean counts) {}
