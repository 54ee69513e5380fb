package io.leeway.prediction;

/**
 * A policy in the role that it plays in a decision: one of a mixture, or a shadow beside it.
 *
 * @param weight share of the mixture in (0, 1]; 0 for a shadow
 */
public record ServingComponent(String role, double weight, ServingPolicy policy) {}
