package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Json;
import io.leeway.core.drift.Profile;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches the inputs of one model version. The newest rows are compared when the window is full and then after every half of a
 * window; drift is suspected at the first check that finds it, detected at the next, and resolved at the first that does not. Not
 * thread safe.
 */
final class InputWatch {
    private final int windowRows;
    private long decisions;
    private long leftOut;
    private long checks;
    private Drift drift;
    private String lastSentence;

    InputWatch(int windowRows) {
        this.windowRows = windowRows;
    }

    /** True if the decision made a check due; it is for the caller to run it. */
    boolean take(Decided decided, InputWindow window) {
        if (decided.row() == null) {
            leftOut++;
            return false;
        }
        window.put((int) (decisions % windowRows), decided);
        decisions++;
        int half = Math.max(1, windowRows / 2);
        return decisions >= windowRows && (decisions - windowRows) % half == 0;
    }

    /** Runs a check; empty where it found nothing new. */
    Optional<Drift> check(Profile reference, InputWindow window, DriftSettings settings, Occasion occasion) {
        if (reference.rows() == 0) {
            lastSentence = "the model brings no profile of its training data";
            return Optional.empty();
        }
        List<Decided> rows = window.rows(filled());
        InputCheck check = InputCheck.run(reference, rows, settings);
        checks++;
        lastSentence = check.sentence();
        if (!check.drifted()) {
            return end(check.sentence(), occasion);
        }
        if (drift == null) {
            drift = found(check, DriftState.SUSPECTED, occasion.driftIds().get(), occasion);
            return Optional.of(drift);
        }
        if (drift.state() == DriftState.SUSPECTED) {
            drift = confirmed(check, occasion);
            return Optional.of(drift);
        }
        return Optional.empty();
    }

    private static Drift found(InputCheck check, DriftState state, String driftId, Occasion occasion) {
        return new Drift(
                driftId,
                occasion.loop(),
                occasion.now(),
                state,
                DriftKind.INPUTS,
                occasion.modelVersion(),
                InputCheck.TEST,
                check.moved().get(0).statistic(),
                check.smallestPValue(),
                check.moved().get(0).effect(),
                check.since(),
                occasion.events(),
                check.sentence(),
                check.moved(),
                Map.of("checks", check.checks()));
    }

    private Drift confirmed(InputCheck check, Occasion occasion) {
        Drift now = found(check, DriftState.DETECTED, drift.driftId(), occasion);
        return new Drift(
                now.driftId(),
                now.loop(),
                now.time(),
                now.state(),
                now.kind(),
                now.modelVersion(),
                now.test(),
                now.statistic(),
                now.pValue(),
                now.effect(),
                drift.since(),
                now.events(),
                now.description(),
                now.inputs(),
                now.other());
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

    int windowRows() {
        return windowRows;
    }

    /** Decisions in the window. */
    int filled() {
        return (int) Math.min(decisions, windowRows);
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("windowRows", windowRows);
        figures.put("filled", filled());
        figures.put("leftOut", leftOut);
        figures.put("checks", checks);
        figures.put("suspected", drift != null);
        if (lastSentence != null) {
            figures.put("lastCheck", lastSentence);
        }
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windowRows", windowRows);
        json.put("decisions", decisions);
        json.put("leftOut", leftOut);
        json.put("checks", checks);
        if (drift != null) {
            json.put("drift", Json.text(drift));
        }
        if (lastSentence != null) {
            json.put("lastSentence", lastSentence);
        }
        return json;
    }

    static InputWatch fromJson(JsonObject json) {
        InputWatch restored = new InputWatch((int) json.integer("windowRows"));
        restored.decisions = json.integer("decisions");
        restored.leftOut = json.integer("leftOut");
        restored.checks = json.integer("checks");
        restored.drift = json.has("drift") ? Json.read(json.text("drift"), Drift.class) : null;
        restored.lastSentence = json.text("lastSentence", null);
        return restored;
    }
}
