package io.leeway.drift;

import io.leeway.core.drift.EDetector;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The e-detector, which keeps a budget of false alarms, and the course of the values, which says from what to what the mean went
 * and since when. Not thread safe.
 *
 * <p>The e-detector works on ranks and minds no outliers; the course does, so values beyond the range of the first ones by more
 * than its width are clipped there.
 */
final class BudgetedDetector implements LevelDetector {
    private final Allowance allowance;
    private EDetector detector;
    private Course course = new Course();

    /** Distances from the mean so far; null where only the level is watched. */
    private Course distances;

    /** The stream's time at the newest value; null before it. */
    private Instant last;

    /** Stakes so far and the values that they came with. */
    private double staked;

    private long start;

    /** Of the values since {@code start}. */
    private double total;

    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** @param budget values in which at most one false alarm is wanted */
    BudgetedDetector(double budget) {
        this(Allowance.ofValues(budget), false);
    }

    /** @param withSpread whether changes of the spread are looked for, too */
    BudgetedDetector(Allowance allowance, boolean withSpread) {
        this.allowance = allowance;
        this.detector = new EDetector(allowance.threshold(), MINIMUM, !withSpread);
        this.distances = withSpread ? new Course() : null;
    }

    @Override
    public Optional<Change> add(double value, Instant time) {
        return add(value, value, time, time);
    }

    @Override
    public Optional<Change> add(double value, double score, Instant time, Instant clock) {
        double stake = allowance.stake(last, clock);
        last = last == null || clock.isAfter(last) ? clock : last;
        staked += stake;
        double clipped = value;
        if (width() < MINIMUM) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        } else if (high > low) {
            clipped = Math.max(2 * low - high, Math.min(2 * high - low, value));
        }
        course.add(clipped, time);
        double center = width() == 0 ? clipped : mean();
        if (distances != null) {
            distances.add(Math.abs(clipped - center), time);
        }
        boolean alarms = detector.add(score, stake);
        total += value;
        if (!alarms) {
            return Optional.empty();
        }
        Optional<Change> change = change(detector.lastChange(), center);
        start = detector.seen();
        total = 0;
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
        return change;
    }

    private Optional<Change> change(Optional<EDetector.Change> found, double center) {
        boolean ofSpread =
                distances != null && found.map(EDetector.Change::ofSpread).orElse(false);
        return ofSpread ? distances.change(width()).map(one -> one.around(center)) : course.change(width());
    }

    @Override
    public Optional<Change> suspected() {
        return change(detector.leading(), mean());
    }

    @Override
    public long seen() {
        return detector.seen();
    }

    @Override
    public long width() {
        return detector.seen() - start;
    }

    @Override
    public double mean() {
        return width() == 0 ? 0 : total / width();
    }

    @Override
    public String name() {
        return "e-detector";
    }

    @Override
    public double level() {
        // Per value, also where the budget is a time: by what went by with each.
        double perValue = staked > 0 ? staked / detector.seen() : 1;
        return Math.min(1, perValue / detector.threshold());
    }

    @Override
    public double evidence() {
        return detector.statistic() / detector.threshold();
    }

    @Override
    public String words() {
        return "e-detector, " + allowance.words();
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = allowance.toJson();
        json.put("staked", staked);
        if (last != null) {
            json.put("last", last.toString());
        }
        json.put("start", start);
        json.put("total", total);
        if (high >= low) {
            json.put("low", low);
            json.put("high", high);
        }
        json.put("detector", detector.toJson());
        json.put("course", course.toJson());
        if (distances != null) {
            json.put("distances", distances.toJson());
        }
        return json;
    }

    static BudgetedDetector fromJson(JsonObject json) {
        BudgetedDetector restored = new BudgetedDetector(Allowance.fromJson(json), false);
        restored.start = json.integer("start");
        restored.low = json.number("low", Double.POSITIVE_INFINITY);
        restored.high = json.number("high", Double.NEGATIVE_INFINITY);
        restored.detector = EDetector.fromJson(asMap(json.value("detector")));
        // A snapshot from before the two could differ has only the detector's.
        restored.total = json.number("total", restored.detector.mean() * restored.width());
        restored.staked = json.number("staked", restored.detector.seen());
        restored.last = json.has("last") ? Instant.parse(json.text("last")) : null;
        restored.course = Course.fromJson(json.object("course"));
        restored.distances = json.has("distances") ? Course.fromJson(json.object("distances")) : null;
        return restored;
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
