package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches one measure of one model version: a change is suspected once a tenth of the evidence for it is there, detected once, followed
 * while it lasts, and resolved when the measure has surely come at least half of the way back ({@link Latest}). Not thread safe.
 *
 * <p>The evidence has mean t after t values while nothing changes, so that it reaches a tenth of what alarms at most ten times as
 * often: suspicions keep the budget of false alarms ten times over. One that came to nothing is resolved at a hundredth,
 * not before {@link Latest#PORTION} values.
 *
 * <p>While a change lasts, only feedback of decisions since then says whether it still does. What comes of decisions from before it is
 * counted and put aside: a partition whose logger stood still brings all of it at once, and would look like a recovery.
 *
 * <p>A detector may come to a new level step by step and call each step a change. Those that only lead further to the level that the
 * measure is known to have are no news: while a shift lasts that level is the shift's, afterwards it is {@code settled}.
 */
final class MeasureWatch {
    /** Share of the evidence that alarms at which a change is suspected, and below which a suspicion has come to nothing. */
    static final double SUSPECTED = 0.1;

    private static final double NOTHING = 0.01;

    private final Measure measure;
    private final LevelDetector detector;
    private final MeasureWords words;

    private Chunks chunks = new Chunks();
    private Drift suspicion;
    private long suspectedAt;
    private Shift shift;
    private Latest latest;

    /** Level after the last shift was resolved; not a number before. */
    private double settled = Double.NaN;

    /** Values put aside because they were from before a change that lasted. */
    private long fromBefore;

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

        Shift refined(Change change, Instant sinceThen, long seenNow) {
            return new Shift(drift, change.before(), change.after(), sinceThen, change.width(), seenNow, center);
        }
    }

    MeasureWatch(Measure measure, LevelDetector detector) {
        this(measure, detector, null);
    }

    MeasureWatch(Measure measure, LevelDetector detector, String segment) {
        this.measure = measure;
        this.detector = detector;
        this.words = new MeasureWords(measure, detector, segment);
    }

    Measure measure() {
        return measure;
    }

    /** @param means of all feedback so far, this one included */
    List<Drift> take(Rewarded rewarded, Means means, Occasion occasion) {
        OptionalDouble value = measure.value(rewarded, means);
        return value.isEmpty() ? List.of() : take(value.getAsDouble(), value.getAsDouble(), rewarded.time(), occasion);
    }

    List<Drift> take(Decided decided, Occasion occasion) {
        OptionalDouble value = measure.value(decided);
        return value.isEmpty() ? List.of() : take(value.getAsDouble(), value.getAsDouble(), decided.time(), occasion);
    }

    /** @param score what the detector watches in place of the value */
    List<Drift> take(double value, double score, Instant time, Occasion occasion) {
        if (shift != null && time.isBefore(shift.since)) {
            fromBefore++;
            return List.of();
        }
        Optional<Change> change = detector.add(value, score, time, occasion.clock());
        chunks.add(value, time, change.isPresent() ? 1 : Math.min(1, detector.evidence()));
        if (shift != null) {
            change.ifPresent(one -> follow(one, occasion));
            return weigh(value, time, occasion);
        }
        return change.isEmpty() || isKnown(change.get())
                ? suspect(time, occasion)
                : List.of(detect(change.get(), time, occasion));
    }

    /** A further step says better where the change leads; a step back is weighed without what was before it. */
    private void follow(Change change, Occasion occasion) {
        if ((change.center() == null) != (shift.center == null)) {
            return; // Of the other kind; what lasts is followed first.
        }
        if (shift.left(change.after()) > 0.5) {
            shift = shift.refined(change, since(change, occasion), detector.seen());
        } else {
            latest = null;
        }
    }

    private List<Drift> weigh(double value, Instant time, Occasion occasion) {
        double level = shift.of(value);
        latest = latest == null ? Latest.from(level, time) : latest.and(level);
        return switch (latest.of(shift.before, shift.after)) {
            case OPEN -> List.of();
            case LASTS -> {
                latest = null;
                yield List.of();
            }
            case IS_OVER -> resolve(time, occasion);
        };
    }

    /** Whether it only leads further to the level that the measure is known to have. */
    private boolean isKnown(Change change) {
        return change.center() == null
                && Math.abs(change.after() - settled) <= 0.5 * Math.abs(change.after() - change.before());
    }

    private List<Drift> suspect(Instant time, Occasion occasion) {
        if (suspicion != null && detector.evidence() < NOTHING && detector.seen() >= suspectedAt + Latest.PORTION) {
            return List.of(end("the evidence for a change went away", occasion).orElseThrow());
        }
        if (suspicion == null && detector.evidence() >= SUSPECTED) {
            suspicion = detector.suspected()
                    .filter(change -> !isKnown(change))
                    .map(change -> words.event(
                            DriftState.SUSPECTED, occasion.driftIds().get(), change, time, occasion))
                    .orElse(null);
            suspectedAt = detector.seen();
            return suspicion == null ? List.of() : List.of(suspicion);
        }
        return List.of();
    }

    private List<Drift> resolve(Instant time, Occasion occasion) {
        double level = latest.mean();
        Double center = shift.center;
        double normal = shift.before;
        double left = shift.left(level);
        Change back = new Change(shift.after, level, latest.count(), latest.since(), center);
        List<Drift> found = new ArrayList<>();
        end(words.of(back), occasion).ifPresent(found::add);
        settled = center == null ? level : settled;
        if (left < -0.5) {
            found.add(detect(new Change(normal, level, back.width(), back.since(), center), time, occasion));
        }
        return found;
    }

    private Drift detect(Change change, Instant time, Occasion occasion) {
        String id = suspicion == null ? occasion.driftIds().get() : suspicion.driftId();
        Drift drift = words.event(DriftState.DETECTED, id, change, time, occasion);
        suspicion = null;
        shift = new Shift(
                drift,
                change.before(),
                change.after(),
                since(change, occasion),
                change.width(),
                detector.seen(),
                change.center());
        chunks.alarm(time);
        return drift;
    }

    /** Not in the future, whatever a decision's clock said. */
    private static Instant since(Change change, Occasion occasion) {
        return change.since().isAfter(occasion.clock()) ? occasion.clock() : change.since();
    }

    /** Ends the change that lasts or is suspected, if there is one. */
    Optional<Drift> end(String why, Occasion occasion) {
        Drift ended = shift == null ? suspicion : shift.drift;
        suspicion = null;
        shift = null;
        latest = null;
        return Optional.ofNullable(ended).map(drift -> Drifts.resolved(drift, why, occasion));
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
        figures.put("fromBeforeTheChange", fromBefore);
        figures.put("minimum", LevelDetector.MINIMUM);
        figures.put("evidence", detector.evidence());
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", measure.name());
        json.put("detector", detector.toJson());
        json.put("chunks", chunks.toJson());
        if (segment() != null) {
            json.put("segment", segment());
        }
        if (suspicion != null) {
            json.put("suspicion", Json.text(suspicion));
            json.put("suspectedAt", suspectedAt);
        }
        if (!Double.isNaN(settled)) {
            json.put("settled", settled);
        }
        json.put("fromBefore", fromBefore);
        if (latest != null) {
            json.put("latest", latest.toJson());
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
        restored.latest = json.has("latest") ? Latest.fromJson(json.object("latest")) : null;
        restored.suspicion = json.has("suspicion") ? Json.read(json.text("suspicion"), Drift.class) : null;
        restored.suspectedAt = json.integer("suspectedAt", 0);
        restored.settled = json.has("settled") ? json.number("settled") : Double.NaN;
        restored.fromBefore = json.integer("fromBefore", 0);
        restored.chunks = json.has("chunks") ? Chunks.fromJson(json.object("chunks")) : new Chunks();
        return restored;
    }

    /** For people: the course with its alarms. */
    Chunks chunks() {
        return chunks;
    }

    /** What it is watched of, as in country=DE; null for all of the loop's decisions. */
    String segment() {
        return words.segment();
    }

    /** Whether a change is suspected and not detected. */
    boolean suspected() {
        return suspicion != null;
    }
}
