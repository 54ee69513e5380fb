package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Confidence sequence of a mean for values without known bounds: an interval after every value, all of which hold the mean at once with
 * about the stated confidence, so that it may be looked at at any time. Not thread-safe. O(1) time and memory per value.
 *
 * <p>Asymptotic, as intervals by the central limit theorem are: from {@link #FEWEST} values on. The half-width after t values of variance
 * s^2 is sqrt(2 (t s^2 r^2 + 1) / (t^2 r^2) log(sqrt(t s^2 r^2 + 1) / alpha)), with r chosen to be narrowest at {@link #NARROWEST} values of
 * variance 1; values are divided by the standard deviation, so that their unit does not matter.
 *
 * @see "Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform central limit theory and asymptotic confidence sequences, Annals of
 *     Statistics 52, 2024, 2613-2640, theorem 2.2 and appendix B.2"
 */
public final class AsymptoticSequence {
    /** Values before the first interval. */
    public static final int FEWEST = 100;

    private static final double NARROWEST = 1000;

    private final double confidence;
    private final double square;
    private ProgressiveMean values = new ProgressiveMean();

    /** @param confidence in (0, 1), of all intervals at once */
    public AsymptoticSequence(double confidence) {
        RowTerms.requireConfidence(confidence);
        this.confidence = confidence;
        double alpha = 1 - confidence;
        this.square = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / NARROWEST;
    }

    /** @param value finite */
    public void add(double value) {
        values.add(value);
    }

    public long count() {
        return values.count();
    }

    /** 0 before the first value. */
    public double mean() {
        return values.mean();
    }

    /** What is added to and taken from the mean; infinite before {@link #FEWEST} values. */
    public double halfWidth() {
        long count = values.count();
        if (count < FEWEST) {
            return Double.POSITIVE_INFINITY;
        }
        double spread = count * square + 1;
        double standard = Math.sqrt(
                2 * spread / ((double) count * count * square) * Math.log(Math.sqrt(spread) / (1 - confidence)));
        return standard * values.standardDeviation();
    }

    /** Everything, so that {@link #fromJson} goes on as if nothing had happened. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("confidence", confidence);
        json.putAll(values.toJson());
        return json;
    }

    public static AsymptoticSequence fromJson(JsonObject json) {
        AsymptoticSequence restored = new AsymptoticSequence(json.number("confidence"));
        restored.values = ProgressiveMean.fromJson(json);
        return restored;
    }
}
