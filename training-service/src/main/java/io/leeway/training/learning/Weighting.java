package io.leeway.training.learning;

import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a row counts while learning. Immutable.
 *
 * @param halfLife age, counted from the newest row, at which a row counts half; null if age makes no difference
 * @param importance whether a bandit's row counts by the inverse of the probability with which its action was taken, at most
 *     {@link #LARGEST_IMPORTANCE}: what is rare in the log counts as if all actions had been tried as often, which matters where the
 *     model cannot fit everything
 */
public record Weighting(Duration halfLife, boolean importance) {
    /** Learns from all rows alike. */
    public static final Weighting EQUAL = new Weighting(null, false);

    /** Rarer rows would make the learning depend on a few of them. */
    public static final double LARGEST_IMPORTANCE = 20;

    public Weighting {
        if (halfLife != null && (halfLife.isZero() || halfLife.isNegative())) {
            throw new IllegalArgumentException("must be > 0: halfLife=" + halfLife);
        }
    }

    boolean isEqual() {
        return halfLife == null && !importance;
    }

    /** The same, but what was taken more often counts no less. */
    Weighting withoutImportance() {
        return new Weighting(halfLife, false);
    }

    double of(TrainingRow row, Instant newest) {
        double weight = importance && row.chosen() >= 0 ? Math.min(LARGEST_IMPORTANCE, 1 / row.probability()) : 1;
        if (halfLife != null) {
            double age = Duration.between(row.time(), newest).toMillis() / (double) Math.max(1, halfLife.toMillis());
            weight *= Math.pow(0.5, Math.max(0, age));
        }
        return weight;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (halfLife != null) {
            json.put("halfLife", halfLife.toString());
        }
        json.put("importance", importance);
        return json;
    }

    static Weighting fromJson(JsonObject json) {
        return new Weighting(
                json.has("halfLife") ? Duration.parse(json.text("halfLife")) : null,
                json.has("importance") && json.flag("importance"));
    }
}
