/** Scorers, regressors and policies that learn from each feedback as it comes. */
package io.leeway.core.bandit.online;
