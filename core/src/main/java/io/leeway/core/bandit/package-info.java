/** Exploration rules with exact probabilities, policies and mixtures of them, seeds, and the linear learner. */
package io.leeway.core.bandit;
