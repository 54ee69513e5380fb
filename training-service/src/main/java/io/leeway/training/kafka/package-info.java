/** The Kafka edge: requests in, the outbox out, feedback as a data set. */
package io.leeway.training.kafka;
