package io.leeway.drift;

import io.leeway.contracts.Drift;
import java.time.Instant;

/**
 * A degradation that is detected and not resolved.
 *
 * @param since best estimate now of when it began; null where all of the loop's feedback may be learned from
 * @param matured feedbacks of decisions since then
 */
record Trouble(Drift drift, Instant since, long matured) {}
