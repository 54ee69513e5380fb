/** Learners that learn from each feedback once, go on after a restart, and are served by checkpoints. */
package io.leeway.core.bandit.continuous;
