package io.leeway.simulator.traffic;

import java.time.Instant;

/**
 * What became of one decision, with what it was truly worth.
 *
 * @param action id of the chosen action; empty without an answer
 * @param probability with which it was chosen; 0 without an answer
 * @param reward what the user gave; NaN without an answer
 * @param expected true expected reward of the chosen action; NaN without an answer
 * @param best true expected reward of the best action
 * @param uniform true expected reward of choosing evenly
 */
public record DecisionAccount(
        long moment,
        String phase,
        String eventId,
        Instant asked,
        long latencyMicros,
        long modelVersion,
        Fate fate,
        String failure,
        String action,
        double probability,
        double reward,
        double expected,
        double best,
        double uniform)
        implements Account {

    /** What was lost against the best action; NaN without an answer. */
    public double regret() {
        return best - expected;
    }
}
