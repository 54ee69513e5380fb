package io.leeway.simulator.traffic;

import java.time.Instant;

/**
 * What became of one prediction.
 *
 * @param prediction the answer; NaN without one (no model yet, or a failure)
 * @param truth what came of it
 */
public record PredictionAccount(
        long moment,
        String phase,
        String eventId,
        Instant asked,
        long latencyMicros,
        long modelVersion,
        Fate fate,
        String failure,
        double prediction,
        double truth)
        implements Account {

    /** Whether there is a predicted value. */
    public boolean predicted() {
        return !Double.isNaN(prediction);
    }

    public double error() {
        return prediction - truth;
    }
}
