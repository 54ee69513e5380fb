/** How the drift monitor reads and writes Kafka: the Streams topology with its store, and the channels beside it. */
package io.leeway.drift.kafka;
