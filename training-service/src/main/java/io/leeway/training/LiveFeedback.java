package io.leeway.training;

import io.leeway.contracts.Feedback;

/** A record of the feedback topic that may count in a rollout. */
public record LiveFeedback(int partition, long offset, Feedback feedback) {}
