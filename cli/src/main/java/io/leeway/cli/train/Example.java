package io.leeway.cli.train;

import java.time.Instant;
import java.util.Map;

/**
 * One row of a table to learn from.
 *
 * @param action the one that was taken; null in regression
 * @param probability with which it was taken, in (0, 1]
 */
record Example(
        String eventId, Instant time, Map<String, Object> context, String action, double probability, double reward) {}
