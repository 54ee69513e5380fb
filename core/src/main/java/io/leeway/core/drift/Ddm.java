package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Drift detection method: the error rate p of a stream of zeros and ones (1 an error) alarms when p + s is {@code deviations} of
 * its smallest s above its smallest p. Sees rises only. Not thread-safe. O(1).
 *
 * @see "Gama, Medas, Castillo and Rodrigues, Learning with drift detection, SBIA 2004, 286-295"
 */
public final class Ddm extends NumericDetector {
    private static final int MINIMUM = 30;

    private final double deviations;
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
    double require(double value) {
        return State.requireZeroOrOne(value);
    }

    @Override
    boolean take(double value) {
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
        return rate + deviation > leastRate + deviations * leastDeviation;
    }

    @Override
    void restart() {
        count = 0;
        rate = 1;
        least = Double.MAX_VALUE;
    }

    @Override
    void exchange(State state) {
        state.number("deviations", deviations);
        count = state.number("count", count);
        rate = state.number("rate", rate);
        least = state.number("least", least);
        leastRate = state.number("leastRate", leastRate);
        leastDeviation = state.number("leastDeviation", leastDeviation);
    }

    public static Ddm fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return restored(new Ddm(object.number("deviations")), object);
    }
}
