package io.leeway.drift;

import io.leeway.core.drift.Adwin;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ADWIN on a stream of any unit, which says from what to what the mean went and since when. Not thread safe. O(log n) memory
 * beside {@link Course}.
 *
 * <p>ADWIN says that there was a change; it drops whole buckets only while chance cannot explain the difference, so that many old
 * values may stay in its window. When and by how much the mean changed is therefore estimated from the course of the values over
 * the window as it was before the cut.
 *
 * <p>The first {@link #MINIMUM} values are held back: their standard deviation gives the scale (ADWIN's bound is for values of
 * about unit range), and before them there is no alarm. The scale is four standard deviations, or the stated range if that is
 * smaller; values beyond twice the scale are clipped, so that single outliers are no change of the mean.
 */
final class ScaledAdwin implements LevelDetector {
    private static final double DEVIATIONS = 4;
    private static final double WIDEST = 2;

    private final List<Early> heldBack = new ArrayList<>();
    private final double range;
    private double delta;
    private double scale;
    private Adwin adwin;
    private Course course = new Course();

    private record Early(double value, Instant time) {}

    /**
     * @param delta false-alarm bound of ADWIN, in (0, 1)
     * @param range width of the range that values are known to have, or infinity
     */
    ScaledAdwin(double delta, double range) {
        this.delta = delta;
        this.adwin = new Adwin(delta);
        this.range = range;
    }

    @Override
    public Optional<Change> add(double value, Instant time) {
        if (scale > 0) {
            return Optional.ofNullable(feed(value, time));
        }
        heldBack.add(new Early(value, time));
        if (heldBack.size() < MINIMUM) {
            return Optional.empty();
        }
        scale = scale();
        Change newest = null;
        for (Early early : heldBack) {
            Change change = feed(early.value, early.time);
            newest = change == null ? newest : change;
        }
        heldBack.clear();
        return Optional.ofNullable(newest);
    }

    private Change feed(double value, Instant time) {
        double scaled = Math.max(-WIDEST, Math.min(WIDEST, value / scale));
        course.add(scaled, time);
        long window = adwin.width() + 1;
        if (!adwin.add(scaled)) {
            return null;
        }
        return course.change(window)
                .map(change ->
                        new Change(change.before() * scale, change.after() * scale, change.width(), change.since()))
                .orElse(null);
    }

    private double scale() {
        double mean = heldBack.stream().mapToDouble(Early::value).average().orElse(0);
        double squares = heldBack.stream()
                .mapToDouble(early -> (early.value - mean) * (early.value - mean))
                .sum();
        double byDeviation = DEVIATIONS * Math.sqrt(squares / heldBack.size());
        double smaller = Math.min(range, byDeviation);
        if (smaller > 0 && Double.isFinite(smaller)) {
            return smaller;
        }
        return Double.isFinite(range) ? range : Math.max(1, Math.abs(mean));
    }

    @Override
    public long seen() {
        return adwin.seen() + heldBack.size();
    }

    @Override
    public long width() {
        return adwin.width();
    }

    @Override
    public double mean() {
        return adwin.mean() * scale;
    }

    @Override
    public String name() {
        return "ADWIN";
    }

    @Override
    public double level() {
        return delta;
    }

    @Override
    public String words() {
        return "ADWIN delta " + Words.number(delta);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("heldBack", heldBack.stream().map(Early::value).toList());
        json.put(
                "heldBackTimes",
                heldBack.stream().map(early -> early.time.toString()).toList());
        if (Double.isFinite(range)) {
            json.put("range", range);
        }
        json.put("scale", scale);
        json.put("delta", delta);
        json.put("adwin", adwin.toJson());
        json.put("course", course.toJson());
        return json;
    }

    static ScaledAdwin fromJson(JsonObject json) {
        ScaledAdwin restored =
                new ScaledAdwin(0.5, json.has("range") ? json.number("range") : Double.POSITIVE_INFINITY);
        double[] values = json.numbers("heldBack");
        List<String> times = json.texts("heldBackTimes");
        for (int i = 0; i < values.length; i++) {
            restored.heldBack.add(new Early(values[i], Instant.parse(times.get(i))));
        }
        restored.scale = json.number("scale");
        // States of before it was kept here have it in the detector's own.
        restored.delta = json.number("delta", json.object("adwin").number("delta"));
        restored.adwin = Adwin.fromJson(asMap(json.value("adwin")));
        restored.course = Course.fromJson(json.object("course"));
        return restored;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
