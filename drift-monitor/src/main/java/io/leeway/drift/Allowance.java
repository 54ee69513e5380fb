package io.leeway.drift;

import io.leeway.core.drift.EDetector;
import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a detector may spend of the loop's budget: at most one false alarm in so many values, or in so many seconds of the stream's time.
 *
 * @param amount values or seconds, greater than 0
 * @param ofTime whether they are seconds
 */
record Allowance(double amount, boolean ofTime) {
    /** No single silence, however long, is worth more than this share of the threshold. */
    private static final double LONGEST = 0.01;

    private static final double DAY = 86_400;

    static Allowance ofValues(double values) {
        return new Allowance(values, false);
    }

    double threshold() {
        return EDetector.threshold(amount);
    }

    /**
     * What the bet that begins with a value is worth: 1, or the seconds since the value before. Silence is paid for only in part where it
     * is very long, which keeps the promise all the more.
     *
     * @param last the stream's time at the value before; null at the first
     */
    double stake(Instant last, Instant clock) {
        if (!ofTime) {
            return 1;
        }
        double seconds = last == null ? 0 : Duration.between(last, clock).toMillis() / 1000.0;
        return Math.max(0, Math.min(LONGEST * threshold(), seconds));
    }

    /** For people. */
    String words() {
        return "at most one false alarm in "
                + (ofTime
                        ? String.format(Locale.ROOT, "%,.1f days", amount / DAY)
                        : String.format(Locale.ROOT, "%,.0f values", amount));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("budget", amount);
        json.put("ofTime", ofTime);
        return json;
    }

    static Allowance fromJson(JsonObject json) {
        return new Allowance(json.number("budget"), json.flag("ofTime", false));
    }
}
