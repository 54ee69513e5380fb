/** The local journal: what was answered is in it before the answer leaves, and is shipped to Kafka from it. */
package io.leeway.prediction.journal;
