package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.DriftWindow;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is told of a measure that changed. Thread safe as far as its detector is.
 *
 * @param segment what it is watched of, as in country=DE; null for all of the loop's decisions
 */
record MeasureWords(Measure measure, LevelDetector detector, String segment) {
    Drift event(DriftState state, String driftId, Change change, Instant time, Occasion occasion) {
        double effect = change.after() - change.before();
        boolean ofSpread = change.center() != null;
        boolean suspected = state == DriftState.SUSPECTED;
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("measure", measure.name().toLowerCase(Locale.ROOT));
        other.put("direction", ofSpread ? "either" : direction(effect));
        other.put("change", ofSpread ? "spread" : "level");
        if (suspected) {
            other.put("evidence", detector.evidence());
        }
        return new Drift(
                driftId,
                occasion.loop(),
                occasion.now(),
                state,
                measure.kind(),
                occasion.modelVersion(),
                detector.name(),
                Math.abs(effect),
                suspected ? Math.min(1, detector.level() / MeasureWatch.SUSPECTED) : detector.level(),
                effect,
                change.since(),
                occasion.events(),
                of(change)
                        + (suspected ? ", a tenth of the evidence that alarms" : ", " + detector.words())
                        + (ofSpread ? "" : judgement(effect)),
                suspected ? DriftSeverity.LOW : ofSpread ? DriftSeverity.MEDIUM : severity(effect),
                new DriftWindow(change.width(), change.since(), time),
                "the " + Math.max(0, detector.seen() - change.width()) + " " + events() + " before",
                segment,
                List.of(),
                other);
    }

    private DriftSeverity severity(double effect) {
        return switch (direction(effect)) {
            case "worse" -> measure.kind() == DriftKind.QUALITY ? DriftSeverity.HIGH : DriftSeverity.MEDIUM;
            case "better" -> DriftSeverity.LOW;
            default -> DriftSeverity.MEDIUM;
        };
    }

    private String direction(double effect) {
        double judged = effect * measure.worse();
        return judged > 0 ? "worse" : judged < 0 ? "better" : "either";
    }

    private String judgement(double effect) {
        return switch (direction(effect)) {
            case "worse" -> ": a degradation";
            case "better" -> ": an improvement";
            default -> "";
        };
    }

    /** From what to what it went. */
    String of(Change change) {
        String what = change.center() == null
                ? measure.words()
                : "spread of " + measure.plural() + " (mean distance from " + Words.number(change.center()) + ")";
        return (segment == null ? "" : segment + ": ") + what + ": " + Words.number(change.before()) + " -> "
                + Words.number(change.after()) + " over the last " + change.width() + " " + events();
    }

    private String events() {
        return measure.events();
    }
}
