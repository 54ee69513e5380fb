/** How services talk to Kafka: event headers, publishing, dead letters, compacted topics. */
package io.leeway.kit.kafka;
