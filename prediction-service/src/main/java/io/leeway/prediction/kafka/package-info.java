/** The Kafka side: models and decision requests in; decisions, rewards and refusals of models out. */
package io.leeway.prediction.kafka;
