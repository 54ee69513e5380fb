package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches one measure of one model version: a change is detected once, followed while it lasts, and resolved when the measure
 * has come at least half of the way back. Not thread safe.
 *
 * <p>ADWIN forgets an older level step by step and calls each step a change. Those that only lead further to the level that the
 * measure is known to have are no news: while a shift lasts that level is the shift's, afterwards it is {@code settled}.
 */
final class MeasureWatch {
    static final String TEST = "ADWIN";

    private final Measure measure;
    private final double delta;
    private final ScaledAdwin detector;
    private Shift shift;

    /** Level after the last shift was resolved; not a number before. */
    private double settled = Double.NaN;

    /**
     * A change that lasts.
     *
     * @param before mean before it
     * @param after mean since
     * @param since when it happened, as far as is known by now
     * @param width feedbacks since then when {@code seen} had been seen
     */
    private record Shift(Drift drift, double before, double after, Instant since, long width, long seen) {
        boolean up() {
            return after > before;
        }

        Shift refined(Change change, long seenNow) {
            return new Shift(drift, before, change.after(), change.since(), change.width(), seenNow);
        }
    }

    MeasureWatch(Measure measure, double delta, double range) {
        this(measure, delta, new ScaledAdwin(delta, range), null);
    }

    private MeasureWatch(Measure measure, double delta, ScaledAdwin detector, Shift shift) {
        this.measure = measure;
        this.delta = delta;
        this.detector = detector;
        this.shift = shift;
    }

    Measure measure() {
        return measure;
    }

    List<Drift> take(Rewarded rewarded, Occasion occasion) {
        OptionalDouble value = measure.value(rewarded);
        if (value.isEmpty()) {
            return List.of();
        }
        Optional<Change> change = detector.add(value.getAsDouble(), rewarded.time());
        return change.isEmpty() ? List.of() : follow(change.get(), occasion);
    }

    private List<Drift> follow(Change change, Occasion occasion) {
        if (shift == null) {
            boolean known = Math.abs(change.after() - settled) <= 0.5 * Math.abs(change.after() - change.before());
            return known ? List.of() : List.of(detect(change.before(), change, occasion));
        }
        double swing = shift.after - shift.before;
        double left = (change.after() - shift.before) / swing;
        if (left > 0.5) {
            shift = shift.refined(change, detector.seen());
            return List.of();
        }
        List<Drift> found = new ArrayList<>();
        double normal = shift.before;
        found.add(resolve(words(shift.after, change), occasion));
        settled = change.after();
        if (left < -0.5) {
            found.add(detect(normal, change, occasion));
        }
        return found;
    }

    private Drift detect(double before, Change change, Occasion occasion) {
        double effect = change.after() - before;
        Drift drift = new Drift(
                occasion.driftIds().get(),
                occasion.loop(),
                occasion.now(),
                DriftState.DETECTED,
                measure.kind(),
                occasion.modelVersion(),
                TEST,
                Math.abs(effect),
                delta,
                effect,
                change.since(),
                occasion.events(),
                words(before, change) + ", ADWIN delta " + Words.number(delta) + judgement(effect),
                List.of(),
                Map.of("measure", measure.name().toLowerCase(Locale.ROOT), "direction", direction(effect)));
        shift = new Shift(drift, before, change.after(), change.since(), change.width(), detector.seen());
        return drift;
    }

    /** Ends the change that lasts, if there is one. */
    Optional<Drift> end(String why, Occasion occasion) {
        return shift == null ? Optional.empty() : Optional.of(resolve(why, occasion));
    }

    private Drift resolve(String why, Occasion occasion) {
        Drift resolved = Drifts.resolved(shift.drift, why, occasion);
        shift = null;
        return resolved;
    }

    /** The change that lasts, good or bad. */
    Optional<Drift> active() {
        return shift == null ? Optional.empty() : Optional.of(shift.drift);
    }

    /** The degradation that lasts. */
    Optional<Trouble> trouble() {
        if (shift == null || measure.worse() * (shift.after - shift.before) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Trouble(shift.drift, shift.since, shift.width + detector.seen() - shift.seen));
    }

    /** Mean of the detector's window and its width; by name. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mean", detector.mean());
        figures.put("width", detector.width());
        figures.put("seen", detector.seen());
        figures.put("minimum", ScaledAdwin.MINIMUM);
        return figures;
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

    private String words(double before, Change change) {
        return measure.words() + ": " + Words.number(before) + " -> " + Words.number(change.after()) + " over the last "
                + change.width() + " feedbacks";
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", measure.name());
        json.put("delta", delta);
        json.put("detector", detector.toJson());
        if (!Double.isNaN(settled)) {
            json.put("settled", settled);
        }
        if (shift != null) {
            json.put("drift", Json.text(shift.drift));
            json.put("before", shift.before);
            json.put("after", shift.after);
            json.put("since", shift.since.toString());
            json.put("width", shift.width);
            json.put("seen", shift.seen);
        }
        return json;
    }

    static MeasureWatch fromJson(JsonObject json) {
        Shift shift = !json.has("drift")
                ? null
                : new Shift(
                        Json.read(json.text("drift"), Drift.class),
                        json.number("before"),
                        json.number("after"),
                        Instant.parse(json.text("since")),
                        json.integer("width"),
                        json.integer("seen"));
        MeasureWatch restored = new MeasureWatch(
                Measure.valueOf(json.text("measure")),
                json.number("delta"),
                ScaledAdwin.fromJson(json.object("detector")),
                shift);
        restored.settled = json.has("settled") ? json.number("settled") : Double.NaN;
        return restored;
    }
}
