package io.leeway.drift;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Where and when something is found.
 *
 * @param now when it is found
 * @param events events looked at since the model began to serve
 * @param driftIds gives the next drift its identity
 */
record Occasion(String loop, long modelVersion, Instant now, long events, Supplier<String> driftIds) {}
