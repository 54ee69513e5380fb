package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Confidence sequence of how much larger a reference's mean loss is than a challenger's on the same events. Losses are cut at a cap that
 * was set before them, so that no bound of the values is needed: what is compared are cut losses. Not thread-safe.
 *
 * @see "Choe and Ramdas, Comparing sequential forecasters, Operations Research 72, 2024, 1368-1387"
 */
public final class LossDifferenceSequence {
    private final double cap;
    private final double confidence;
    private final Sides sides;
    private long count;

    /**
     * @param cap what losses are cut at, greater than 0
     * @param confidence in (0, 1), of all intervals at once
     */
    public LossDifferenceSequence(double cap, double confidence) {
        this(cap, confidence, Sides.of(Values.CONSTANT, requireCap(cap), null));
    }

    private LossDifferenceSequence(double cap, double confidence, Sides sides) {
        RowTerms.requireConfidence(confidence);
        this.cap = cap;
        this.confidence = confidence;
        this.sides = sides;
    }

    /** Adds an event's losses, not negative. */
    public void add(double reference, double challenger) {
        if (!(reference >= 0 && challenger >= 0)) {
            throw new IllegalArgumentException("must be >= 0: reference=" + reference + " challenger=" + challenger);
        }
        double gain = Math.min(cap, reference) - Math.min(cap, challenger);
        sides.add(gain, -gain);
        count++;
    }

    public long count() {
        return count;
    }

    public double cap() {
        return cap;
    }

    /** Of the mean of the reference's loss minus the challenger's. */
    public Interval interval() {
        double lower = evidence(true).bound(-cap, cap);
        return new Interval(lower, Math.max(lower, evidence(false).bound(cap, -cap)));
    }

    /** Whether the events prove that the challenger loses less by at least {@code margin}. */
    public boolean isBetterBy(double margin) {
        return evidence(true).excludes(margin);
    }

    /** Whether the events prove that the challenger loses more than the reference minus {@code margin}. */
    public boolean isWorseThan(double margin) {
        return evidence(false).excludes(margin);
    }

    private Evidence evidence(boolean low) {
        Evidence.Way way =
                new Evidence.Way(low ? sides.low() : sides.high(), gain -> sides.shift() + (low ? gain : -gain));
        return new Evidence(List.of(way), (1 - confidence) / 2);
    }

    private static double requireCap(double cap) {
        if (!(cap > 0) || Double.isInfinite(cap)) {
            throw new IllegalArgumentException("must be finite and > 0: cap=" + cap);
        }
        return cap;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cap", cap);
        json.put("confidence", confidence);
        json.put("count", count);
        json.put("sides", sides.toJson());
        return json;
    }

    public static LossDifferenceSequence fromJson(Map<String, ?> json) {
        JsonObject saved = JsonObject.of(json);
        double cap = saved.number("cap");
        LossDifferenceSequence restored = new LossDifferenceSequence(
                cap, saved.number("confidence"), Sides.restore(saved, "sides", Values.CONSTANT, cap));
        restored.count = saved.integer("count");
        return restored;
    }
}
