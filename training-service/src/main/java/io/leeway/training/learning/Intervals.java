package io.leeway.training.learning;

import io.leeway.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What prediction intervals a regression is to have.
 *
 * @param level share of the values that they are to hold, in (0, 1); 0 for no intervals
 * @param by {@link #QUANTILES} or {@link #RESIDUALS}
 */
public record Intervals(double level, String by) {
    /** A network has two outputs for quantiles of the value beside the value. */
    public static final String QUANTILES = "quantiles";

    /** Of the errors where predictions were alike. */
    public static final String RESIDUALS = "residuals";

    public static final Intervals NONE = new Intervals(0, QUANTILES);

    public Intervals {
        if (!(level >= 0 && level < 1)) {
            throw new IllegalArgumentException("must be in [0, 1): interval=" + level);
        }
        if (!List.of(QUANTILES, RESIDUALS).contains(by)) {
            throw new IllegalArgumentException("must be quantiles or residuals: intervalBy=" + by);
        }
    }

    /** Levels of the quantiles that a network is to state: equal shares lie outside of either. */
    List<Double> quantiles() {
        return level > 0 && by.equals(QUANTILES) ? List.of((1 - level) / 2, 1 - (1 - level) / 2) : List.of();
    }

    Map<String, Object> toJson() {
        return Map.of("interval", level, "intervalBy", by);
    }

    /** Models that were made before there was a choice had residuals. */
    static Intervals fromJson(JsonObject json) {
        return new Intervals(json.number("interval", 0), json.text("intervalBy", RESIDUALS));
    }
}
