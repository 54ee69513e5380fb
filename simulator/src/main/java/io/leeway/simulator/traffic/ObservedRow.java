package io.leeway.simulator.traffic;

import java.time.Instant;
import java.util.Map;

/** One line of a data set for a regression loop: what was known, and the value that was observed. */
public record ObservedRow(String eventId, Instant time, Map<String, Object> context, double reward) {}
