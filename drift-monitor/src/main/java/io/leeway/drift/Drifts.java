package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;

/** Later states of a drift that was found before. */
final class Drifts {
    private Drifts() {}

    static Drift resolved(Drift found, String why, Occasion occasion) {
        return in(found, DriftState.RESOLVED, why, occasion);
    }

    /** The same drift in another state. */
    static Drift in(Drift found, DriftState state, String description, Occasion occasion) {
        return new Drift(
                found.driftId(),
                found.loop(),
                occasion.now(),
                state,
                found.kind(),
                found.modelVersion(),
                found.test(),
                found.statistic(),
                found.pValue(),
                found.effect(),
                found.since(),
                occasion.events(),
                description,
                found.severity(),
                found.window(),
                found.reference(),
                found.segment(),
                found.inputs(),
                found.other());
    }
}
