package io.leeway.drift;

import io.leeway.core.drift.EDetector;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.LinkedHashMap;
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
    private long start;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** @param budget values in which at most one false alarm is wanted */
    BudgetedDetector(double budget) {
        this.budget = budget;
        this.detector = new EDetector(EDetector.threshold(budget), MINIMUM, true);
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
        if (!detector.add(value)) {
            return Optional.empty();
        }
        Optional<Change> change = course.change(detector.seen() - start);
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
    public String words() {
        return "e-detector, at most one false alarm in " + Words.number(budget) + " feedbacks";
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
        return json;
    }

    static BudgetedDetector fromJson(JsonObject json) {
        BudgetedDetector restored = new BudgetedDetector(json.number("budget"));
        restored.start = json.integer("start");
        restored.low = json.number("low", Double.POSITIVE_INFINITY);
        restored.high = json.number("high", Double.NEGATIVE_INFINITY);
        restored.detector = EDetector.fromJson(asMap(json.value("detector")));
        restored.course = Course.fromJson(json.object("course"));
        return restored;
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
