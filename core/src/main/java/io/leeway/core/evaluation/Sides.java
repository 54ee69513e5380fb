package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Evidence on both sides of a difference from values of one kind.
 *
 * @param shift what makes values not negative when it is added
 */
record Sides(MeanSequence low, MeanSequence high, double shift) {
    /** @param watched the only difference that will be asked about, or null */
    static Sides of(Values values, double shift, Double watched) {
        double scale = 2 * shift;
        return watched == null
                ? new Sides(values.sequence(scale), values.sequence(scale), shift)
                : new Sides(new WatchedMean(shift + watched), new WatchedMean(shift - watched), shift);
    }

    void add(double lowTerm, double highTerm) {
        low.add(Math.max(0, lowTerm + shift));
        high.add(Math.max(0, highTerm + shift));
    }

    Map<String, Object> toJson() {
        return Map.of("low", low.toJson(), "high", high.toJson());
    }

    /** Null if there were none. */
    static Sides restore(JsonObject saved, String name, Values values, double shift) {
        if (!saved.has(name)) {
            return null;
        }
        JsonObject sides = saved.object(name);
        double scale = 2 * shift;
        return new Sides(
                values.restore(scale, sides.object("low")), values.restore(scale, sides.object("high")), shift);
    }
}
