package io.leeway.drift;

import io.leeway.core.drift.EDetector;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    private final double budget;
    private EDetector detector;
    private Course course = new Course();

    /** Distances from the mean so far; null where only the level is watched. */
    private Course distances;

    private long start;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** @param budget values in which at most one false alarm is wanted */
    BudgetedDetector(double budget) {
        this(budget, false);
    }

    /** @param withSpread whether changes of the spread are looked for, too */
    BudgetedDetector(double budget, boolean withSpread) {
        this.budget = budget;
        this.detector = new EDetector(EDetector.threshold(budget), MINIMUM, !withSpread);
        this.distances = withSpread ? new Course() : null;
    }

    @Override
    public Optional<Change> add(double value, Instant time) {
        double clipped = value;
        if (width() < MINIMUM) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        } else if (high > low) {
            clipped = Math.max(2 * low - high, Math.min(2 * high - low, value));
        }
        course.add(clipped, time);
        double center = width() == 0 ? clipped : detector.mean();
        if (distances != null) {
            distances.add(Math.abs(clipped - center), time);
        }
        if (!detector.add(value)) {
            return Optional.empty();
        }
        long window = detector.seen() - start;
        boolean ofSpread = distances != null
                && detector.lastChange().map(EDetector.Change::ofSpread).orElse(false);
        Optional<Change> change =
                ofSpread ? distances.change(window).map(found -> found.around(center)) : course.change(window);
        start = detector.seen();
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
        return change;
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
        return detector.mean();
    }

    @Override
    public String name() {
        return "e-detector";
    }

    @Override
    public double level() {
        return 1 / detector.threshold();
    }

    @Override
    public double evidence() {
        return detector.statistic() / detector.threshold();
    }

    @Override
    public String words() {
        return "e-detector, at most one false alarm in " + String.format(Locale.ROOT, "%,.0f", budget) + " values";
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("budget", budget);
        json.put("start", start);
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
        BudgetedDetector restored = new BudgetedDetector(json.number("budget"));
        restored.start = json.integer("start");
        restored.low = json.number("low", Double.POSITIVE_INFINITY);
        restored.high = json.number("high", Double.NEGATIVE_INFINITY);
        restored.detector = EDetector.fromJson(asMap(json.value("detector")));
        restored.course = Course.fromJson(json.object("course"));
        restored.distances = json.has("distances") ? Course.fromJson(json.object("distances")) : null;
        return restored;
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
