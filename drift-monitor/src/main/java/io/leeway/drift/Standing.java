package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Json;
import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What repeated checks of windows say together: drift is suspected at the first check that finds it, detected at the next, and
 * resolved at the first that does not. Not thread safe.
 */
final class Standing {
    private Drift drift;

    /** Makes the event of a check that found drift. */
    interface Finding {
        /** @param since when the change is estimated to have happened; null for the window's own estimate */
        Drift in(DriftState state, String driftId, Instant since);
    }

    /** A check found drift. */
    Optional<Drift> found(Finding finding, Occasion occasion) {
        if (drift == null) {
            drift = finding.in(DriftState.SUSPECTED, occasion.driftIds().get(), null);
            return Optional.of(drift);
        }
        if (drift.state() == DriftState.SUSPECTED) {
            drift = finding.in(DriftState.DETECTED, drift.driftId(), drift.since());
            return Optional.of(drift);
        }
        return Optional.empty();
    }

    /** Ends the drift that lasts, if there is one. */
    Optional<Drift> end(String why, Occasion occasion) {
        Optional<Drift> ended = Optional.ofNullable(drift).map(one -> Drifts.resolved(one, why, occasion));
        drift = null;
        return ended;
    }

    /** The drift that is detected and lasts; one that is only suspected is none. */
    Optional<Drift> active() {
        return Optional.ofNullable(drift).filter(one -> one.state() == DriftState.DETECTED);
    }

    boolean suspected() {
        return drift != null && drift.state() == DriftState.SUSPECTED;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (drift != null) {
            json.put("drift", Json.text(drift));
        }
        return json;
    }

    static Standing fromJson(JsonObject json) {
        Standing restored = new Standing();
        restored.drift = json.has("drift") ? Json.read(json.text("drift"), Drift.class) : null;
        return restored;
    }
}
