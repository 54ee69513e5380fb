package io.leeway.core.bandit.auto;

/**
 * What members learn anew from.
 *
 * @param arms the number of places given to actions
 * @param changed the world changed: what was learnt before these feedbacks is worth nothing
 */
record Memory(Feedbacks feedbacks, RewardScale scale, int arms, boolean changed) {}
