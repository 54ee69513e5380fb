package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest values while a change lasts, for the question whether it still does. They are weighed in portions until their mean says
 * it for sure: on which side of the middle between the level before the change and the one since it lies, by {@value #SURE} standard errors.
 *
 * @param since time of the first of them
 * @param squares sum of squared distances from the mean
 */
record Latest(Instant since, long count, double mean, double squares) {
    /** Feedbacks that a recovery needs at least. When the change was is known to a few feedbacks only; those must not pass for one. */
    static final int PORTION = 100;

    private static final double SURE = 4;

    /** Share of the change to which its rest must be known before it is judged. */
    private static final double COARSE = 0.5;

    /** Share of the change to which its rest is known when values that still do not decide give way to newer ones. */
    private static final double FINE = 0.25;

    /** What the values say of a change. */
    enum Verdict {
        /** More values are needed. */
        OPEN,
        LASTS,
        IS_OVER
    }

    static Latest from(double value, Instant time) {
        return new Latest(time, 1, value, 0);
    }

    Latest and(double value) {
        double distance = value - mean;
        double moved = mean + distance / (count + 1);
        return new Latest(since, count + 1, moved, squares + distance * (value - moved));
    }

    /**
     * @param before level before the change
     * @param after level since
     */
    Verdict of(double before, double after) {
        if (count % PORTION != 0) {
            return Verdict.OPEN;
        }
        if (before == after) {
            return Verdict.IS_OVER; // Ranks moved, the level did not: nothing lasts.
        }
        double margin = SURE * standardError() / Math.abs(after - before);
        if (margin > COARSE) {
            return Verdict.OPEN;
        }
        double left = (mean - before) / (after - before);
        if (left + margin <= 0.5) {
            return Verdict.IS_OVER;
        }
        return left - margin > 0.5 || margin <= FINE ? Verdict.LASTS : Verdict.OPEN;
    }

    private double standardError() {
        return Math.sqrt(squares / (count - 1) / count);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("since", since.toString());
        json.put("count", count);
        json.put("mean", mean);
        json.put("squares", squares);
        return json;
    }

    static Latest fromJson(JsonObject json) {
        return new Latest(
                Instant.parse(json.text("since")), json.integer("count"), json.number("mean"), json.number("squares"));
    }
}
