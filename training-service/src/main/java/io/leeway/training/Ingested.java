package io.leeway.training;

import io.leeway.core.model.Provenance;

/**
 * What the Ingester read.
 *
 * @param dataset the data set's identity, for the provenance
 * @param recordsRead of all loops
 * @param unreadable records that were no feedback
 * @param withoutValue regression rows that were left out because no value was observed
 * @param corrected events of which an earlier revision was replaced
 */
public record Ingested(Provenance.Dataset dataset, long recordsRead, int unreadable, int withoutValue, int corrected) {}
