package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * HDDM with the A-test: by Hoeffding's bound, the mean of values in [0, 1] differs from the mean up to the point where it was
 * lowest (or highest). Two-sided. Not thread-safe. O(1).
 *
 * @see "Frias-Blanco and others, Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE Transactions on
 *     Knowledge and Data Engineering 27, 2015, 810-823"
 */
public final class HddmA extends NumericDetector {
    private final double confidence;
    private double count;
    private double total;
    private double lowCount;
    private double lowTotal;
    private double highCount;
    private double highTotal;

    /** @param confidence of one test, in (0, 1); 0.001 is the authors' */
    public HddmA(double confidence) {
        this.confidence = State.requireIn("confidence", confidence, 0, 1);
    }

    @Override
    double require(double value) {
        return State.requireShare(value);
    }

    @Override
    boolean take(double value) {
        count++;
        total += value;
        double bound = bound(count);
        if (lowCount == 0 || total / count + bound <= lowTotal / lowCount + bound(lowCount)) {
            lowCount = count;
            lowTotal = total;
        }
        if (highCount == 0 || total / count - bound >= highTotal / highCount - bound(highCount)) {
            highCount = count;
            highTotal = total;
        }
        return differs(total / count - lowTotal / lowCount, lowCount)
                || differs(highTotal / highCount - total / count, highCount);
    }

    @Override
    void restart() {
        count = 0;
        total = 0;
        lowCount = 0;
        highCount = 0;
    }

    private double bound(double size) {
        return Math.sqrt(Math.log(1 / confidence) / (2 * size));
    }

    private boolean differs(double difference, double cut) {
        return cut < count && difference >= Math.sqrt((count - cut) / (2 * cut * count) * Math.log(1 / confidence));
    }

    @Override
    void exchange(State state) {
        state.number("confidence", confidence);
        count = state.number("count", count);
        total = state.number("total", total);
        lowCount = state.number("lowCount", lowCount);
        lowTotal = state.number("lowTotal", lowTotal);
        highCount = state.number("highCount", highCount);
        highTotal = state.number("highTotal", highTotal);
    }

    public static HddmA fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return restored(new HddmA(object.number("confidence")), object);
    }
}
