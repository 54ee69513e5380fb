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
     */
    private record Shift(Drift drift, double before, double after, Instant since, long width, long seen) {
        /** How much of the change is left when the measure is at {@code level}: 1 all, 0 none, below 0 beyond. */
        double left(double level) {
            return (level - before) / (after - before);
        }

        Shift refined(Change change, long seenNow) {
            return new Shift(drift, change.before(), change.after(), change.since(), change.width(), seenNow);
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

    private MeasureWatch(Measure measure, LevelDetector detector, Shift shift) {
        this.measure = measure;
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
        if (trial != null) {
            trial = trial.plus(value.getAsDouble());
            return trial.count < TRIAL ? List.of() : judge(occasion);
        }
        return change.isEmpty() ? List.of() : follow(change.get(), rewarded.time(), occasion);
    }

    private List<Drift> follow(Change change, Instant time, Occasion occasion) {
        if (shift == null) {
            boolean known = Math.abs(change.after() - settled) <= 0.5 * Math.abs(change.after() - change.before());
            return known ? List.of() : List.of(detect(change, occasion));
        }
        if (shift.left(change.after()) > 0.5) {
            shift = shift.refined(change, detector.seen());
        } else {
            trial = new Trial(time, 0, 0);
        }
        return List.of();
    }

    private List<Drift> judge(Occasion occasion) {
        double level = trial.sum / trial.count;
        Change back = new Change(shift.after, level, trial.count, trial.since);
        double left = shift.left(level);
        double normal = shift.before;
        trial = null;
        if (left > 0.5) {
            return List.of();
        }
        List<Drift> found = new ArrayList<>();
        found.add(resolve(words(back), occasion));
        settled = level;
        if (left < -0.5) {
            found.add(detect(new Change(normal, level, back.width(), back.since()), occasion));
        }
        return found;
    }

    private Drift detect(Change change, Occasion occasion) {
        double effect = change.after() - change.before();
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
                words(change) + ", " + detector.words() + judgement(effect),
                List.of(),
                Map.of("measure", measure.name().toLowerCase(Locale.ROOT), "direction", direction(effect)));
        shift = new Shift(drift, change.before(), change.after(), change.since(), change.width(), detector.seen());
        return drift;
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
        figures.put("minimum", LevelDetector.MINIMUM);
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
        return measure.words() + ": " + Words.number(change.before()) + " -> " + Words.number(change.after())
                + " over the last " + change.width() + " feedbacks";
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", measure.name());
        json.put("detector", detector.toJson());
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
                Measure.valueOf(json.text("measure")), LevelDetector.fromJson(json.object("detector")), shift);
        if (json.has("trialSince")) {
            restored.trial = new Trial(
                    Instant.parse(json.text("trialSince")), (int) json.integer("trialCount"), json.number("trialSum"));
        }
        restored.settled = json.has("settled") ? json.number("settled") : Double.NaN;
        return restored;
    }
}
