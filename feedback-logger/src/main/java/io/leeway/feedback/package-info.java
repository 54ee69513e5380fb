/**
 * Joins decisions with their rewards and keeps everything that became of them.
 *
 * <p>The join is pure: {@link io.leeway.feedback.JoinRewards} decides, {@link io.leeway.feedback.JoinState} applies. How it is
 * fed from Kafka, landed in PostgreSQL and asked over HTTP is said in {@code kafka}, {@code store} and {@code http}.
 */
package io.leeway.feedback;
