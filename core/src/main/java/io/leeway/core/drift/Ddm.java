package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Drift detection method: the error rate p of a stream of zeros and ones (1 an error) alarms when p + s is {@code deviations} of
 * its smallest s above its smallest p. Sees rises only. Not thread-safe. O(1).
 *
 * @see "Gama, Medas, Castillo and Rodrigues, Learning with drift detection, SBIA 2004, 286-295"
 */
public final class Ddm implements Detector {
    private static final int MINIMUM = 30;

    private final double deviations;
    private long seen;
    private double count;
    private double rate = 1;
    private double least = Double.MAX_VALUE;
    private double leastRate;
    private double leastDeviation;

    /** @param deviations greater than 0; 3 is the authors' */
    public Ddm(double deviations) {
        this.deviations = State.requireIn("deviations", deviations, 0, Double.POSITIVE_INFINITY);
    }

    @Override
    public boolean add(double value) {
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("must be 0 or 1: value=" + value);
        }
        seen++;
        count++;
        rate += (value - rate) / count;
        double deviation = Math.sqrt(rate * (1 - rate) / count);
        if (count < MINIMUM) {
            return false;
        }
        if (rate + deviation <= least) {
            least = rate + deviation;
            leastRate = rate;
            leastDeviation = deviation;
        }
        if (rate + deviation <= leastRate + deviations * leastDeviation) {
            return false;
        }
        count = 0;
        rate = 1;
        least = Double.MAX_VALUE;
        return true;
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public Map<String, Object> toJson() {
        return State.of(
                "deviations",
                deviations,
                "seen",
                seen,
                "count",
                count,
                "rate",
                rate,
                "least",
                least,
                "leastRate",
                leastRate,
                "leastDeviation",
                leastDeviation);
    }

    public static Ddm fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        Ddm restored = new Ddm(object.number("deviations"));
        restored.seen = (long) object.number("seen");
        restored.count = object.number("count");
        restored.rate = object.number("rate");
        restored.least = object.number("least");
        restored.leastRate = object.number("leastRate");
        restored.leastDeviation = object.number("leastDeviation");
        return restored;
    }
}
