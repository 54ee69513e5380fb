package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.DriftWindow;
import io.leeway.contracts.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import io.leeway.drift.WatchEvent.Decided;
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
 * has come at least half of the way back and stayed there for {@link #TRIAL} feedbacks. Not thread safe.
 *
 * <p>A detector may come to a new level step by step and call each step a change. Those that only lead further to the level that the
 * measure is known to have are no news: while a shift lasts that level is the shift's, afterwards it is {@code settled}.
 */
final class MeasureWatch {
    /**
     * Feedbacks by which a recovery must hold. After an outage feedback of several partitions is read in portions that are out of
     * order; a portion from before the change must not pass for a recovery.
     */
    static final int TRIAL = 100;

    private final Measure measure;
    private final LevelDetector detector;

    /** What it is watched of, as in country=DE; null for all of the loop's decisions. */
    private final String segment;

    private Chunks chunks = new Chunks();
    private Shift shift;
    private Trial trial;

    /** Level after the last shift was resolved; not a number before. */
    private double settled = Double.NaN;

    /**
     * A change that lasts.
     *
     * @param before mean before it
     * @param after mean since
     * @param since when it happened, as far as is known by now
     * @param width feedbacks since then when {@code seen} had been seen
     * @param center null where the level changed; else the spread around there did
     */
    private record Shift(
            Drift drift, double before, double after, Instant since, long width, long seen, Double center) {
        /** What a value says of the level that changed: itself, or how far it is from the center if the spread did. */
        double of(double value) {
            return center == null ? value : Math.abs(value - center);
        }

        /** How much of the change is left when the measure is at {@code level}: 1 all, 0 none, below 0 beyond. */
        double left(double level) {
            return (level - before) / (after - before);
        }

        Shift refined(Change change, long seenNow) {
            return new Shift(drift, change.before(), change.after(), change.since(), change.width(), seenNow, center);
        }
    }

    /** Feedbacks since the measure seems to have recovered. */
    private record Trial(Instant since, int count, double sum) {
        Trial plus(double value) {
            return new Trial(since, count + 1, sum + value);
        }
    }

    MeasureWatch(Measure measure, LevelDetector detector) {
        this(measure, detector, null);
    }

    MeasureWatch(Measure measure, LevelDetector detector, String segment) {
        this.measure = measure;
        this.detector = detector;
        this.segment = segment;
    }

    Measure measure() {
        return measure;
    }

    /** @param means of all feedback so far, this one included */
    List<Drift> take(Rewarded rewarded, Means means, Occasion occasion) {
        OptionalDouble value = measure.value(rewarded, means);
        return value.isEmpty() ? List.of() : take(value.getAsDouble(), rewarded.time(), occasion);
    }

    List<Drift> take(Decided decided, Occasion occasion) {
        OptionalDouble value = measure.value(decided);
        return value.isEmpty() ? List.of() : take(value.getAsDouble(), decided.time(), occasion);
    }

    private List<Drift> take(double value, Instant time, Occasion occasion) {
        Optional<Change> change = detector.add(value, time);
        chunks.add(value, time, change.isPresent() ? 1 : Math.min(1, detector.evidence()));
        if (trial != null) {
            trial = trial.plus(shift.of(value));
            return trial.count < TRIAL ? List.of() : judge(time, occasion);
        }
        return change.isEmpty() ? List.of() : follow(change.get(), time, occasion);
    }

    private List<Drift> follow(Change change, Instant time, Occasion occasion) {
        if (shift == null) {
            boolean known = change.center() == null
                    && Math.abs(change.after() - settled) <= 0.5 * Math.abs(change.after() - change.before());
            return known ? List.of() : List.of(detect(change, time, occasion));
        }
        if ((change.center() == null) != (shift.center == null)) {
            return List.of(); // Of the other kind; what lasts is followed first.
        }
        if (shift.left(change.after()) > 0.5) {
            shift = shift.refined(change, detector.seen());
        } else {
            trial = new Trial(time, 0, 0);
        }
        return List.of();
    }

    private List<Drift> judge(Instant time, Occasion occasion) {
        double level = trial.sum / trial.count;
        Double center = shift.center;
        Change back = new Change(shift.after, level, trial.count, trial.since, center);
        double left = shift.left(level);
        double normal = shift.before;
        trial = null;
        if (left > 0.5) {
            return List.of();
        }
        List<Drift> found = new ArrayList<>();
        found.add(resolve(words(back), occasion));
        settled = center == null ? level : settled;
        if (left < -0.5) {
            found.add(detect(new Change(normal, level, back.width(), back.since(), center), time, occasion));
        }
        return found;
    }

    private Drift detect(Change change, Instant time, Occasion occasion) {
        double effect = change.after() - change.before();
        boolean ofSpread = change.center() != null;
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("measure", measure.name().toLowerCase(Locale.ROOT));
        other.put("direction", ofSpread ? "either" : direction(effect));
        other.put("change", ofSpread ? "spread" : "level");
        Drift drift = new Drift(
                occasion.driftIds().get(),
                occasion.loop(),
                occasion.now(),
                DriftState.DETECTED,
                measure.kind(),
                occasion.modelVersion(),
                detector.name(),
                Math.abs(effect),
                detector.level(),
                effect,
                change.since(),
                occasion.events(),
                words(change) + ", " + detector.words() + (ofSpread ? "" : judgement(effect)),
                ofSpread ? DriftSeverity.MEDIUM : severity(effect),
                new DriftWindow(change.width(), change.since(), time),
                "the " + Math.max(0, detector.seen() - change.width()) + " " + events() + " before",
                segment,
                List.of(),
                other);
        shift = new Shift(
                drift,
                change.before(),
                change.after(),
                change.since(),
                change.width(),
                detector.seen(),
                change.center());
        chunks.alarm(time);
        return drift;
    }

    private DriftSeverity severity(double effect) {
        return switch (direction(effect)) {
            case "worse" -> measure.kind() == DriftKind.QUALITY ? DriftSeverity.HIGH : DriftSeverity.MEDIUM;
            case "better" -> DriftSeverity.LOW;
            default -> DriftSeverity.MEDIUM;
        };
    }

    private String events() {
        return measure.ofDecisions() ? "decisions" : "feedbacks";
    }

    /** Ends the change that lasts, if there is one. */
    Optional<Drift> end(String why, Occasion occasion) {
        return shift == null ? Optional.empty() : Optional.of(resolve(why, occasion));
    }

    private Drift resolve(String why, Occasion occasion) {
        Drift resolved = Drifts.resolved(shift.drift, why, occasion);
        shift = null;
        trial = null;
        return resolved;
    }

    /** The change that lasts, good or bad. */
    Optional<Drift> active() {
        return shift == null ? Optional.empty() : Optional.of(shift.drift);
    }

    /** The change that lasts, unless it is for the better; of quality only a degradation is a trouble. */
    Optional<Trouble> trouble() {
        if (shift == null) {
            return Optional.empty();
        }
        double judged = shift.center == null ? measure.worse() * (shift.after - shift.before) : 0;
        if (measure.kind() == DriftKind.QUALITY ? judged <= 0 : judged < 0) {
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
        figures.put("minimum", LevelDetector.MINIMUM);
        figures.put("evidence", detector.evidence());
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

    private String words(Change change) {
        String what = change.center() == null
                ? measure.words()
                : "spread of " + measure.plural() + " (mean distance from " + Words.number(change.center()) + ")";
        return (segment == null ? "" : segment + ": ") + what + ": " + Words.number(change.before()) + " -> "
                + Words.number(change.after()) + " over the last " + change.width() + " " + events();
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", measure.name());
        json.put("detector", detector.toJson());
        json.put("chunks", chunks.toJson());
        if (segment != null) {
            json.put("segment", segment);
        }
        if (!Double.isNaN(settled)) {
            json.put("settled", settled);
        }
        if (trial != null) {
            json.put("trialSince", trial.since.toString());
            json.put("trialCount", trial.count);
            json.put("trialSum", trial.sum);
        }
        if (shift != null) {
            json.put("drift", Json.text(shift.drift));
            json.put("before", shift.before);
            json.put("after", shift.after);
            json.put("since", shift.since.toString());
            json.put("width", shift.width);
            json.put("seen", shift.seen);
            if (shift.center != null) {
                json.put("center", shift.center);
            }
        }
        return json;
    }

    static MeasureWatch fromJson(JsonObject json) {
        MeasureWatch restored = new MeasureWatch(
                Measure.valueOf(json.text("measure")),
                LevelDetector.fromJson(json.object("detector")),
                json.text("segment", null));
        if (json.has("drift")) {
            restored.shift = new Shift(
                    Json.read(json.text("drift"), Drift.class),
                    json.number("before"),
                    json.number("after"),
                    Instant.parse(json.text("since")),
                    json.integer("width"),
                    json.integer("seen"),
                    json.has("center") ? json.number("center") : null);
        }
        if (json.has("trialSince")) {
            restored.trial = new Trial(
                    Instant.parse(json.text("trialSince")), (int) json.integer("trialCount"), json.number("trialSum"));
        }
        restored.settled = json.has("settled") ? json.number("settled") : Double.NaN;
        restored.chunks = json.has("chunks") ? Chunks.fromJson(json.object("chunks")) : new Chunks();
        return restored;
    }

    /** For people: the course with its alarms. */
    Chunks chunks() {
        return chunks;
    }

    String segment() {
        return segment;
    }

    /** Whether the evidence for a change is within a tenth of an alarm. */
    boolean suspicious() {
        return shift == null && detector.evidence() >= 0.1;
    }
}
