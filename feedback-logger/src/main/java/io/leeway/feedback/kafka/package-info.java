/** Kafka: the join's topology, and the listeners that land the topics in the database. */
package io.leeway.feedback.kafka;
