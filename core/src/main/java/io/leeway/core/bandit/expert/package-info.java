/** Learners that predict the reward of every arm from dense columns; the policy {@code auto} combines them. */
package io.leeway.core.bandit.expert;
