package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * HDDM with the W-test: exponentially weighted means of values in [0, 1] before and after the point where the mean was lowest (or
 * highest), compared by McDiarmid's bound. Two-sided. Quick, and alarms often. Not thread-safe. O(1).
 *
 * @see "Frias-Blanco and others, Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE Transactions on
 *     Knowledge and Data Engineering 27, 2015, 810-823"
 */
public final class HddmW extends NumericDetector {
    private final double confidence;
    private final double forgetting;
    private double[] all = EMPTY.clone();
    private double[] rise = {Double.MAX_VALUE, 0};
    private double[] sinceLow = EMPTY.clone();
    private double[] fall = {-Double.MAX_VALUE, 0};
    private double[] sinceHigh = EMPTY.clone();

    /** A weighted mean and the sum of its squared weights; negative while nothing was seen. */
    private static final double[] EMPTY = {-1, 1};

    /**
     * @param confidence of one test, in (0, 1); 0.001 is the authors'
     * @param forgetting weight of the newest value, in (0, 1); 0.05 is the authors'
     */
    public HddmW(double confidence, double forgetting) {
        this.confidence = State.requireIn("confidence", confidence, 0, 1);
        this.forgetting = State.requireIn("forgetting", forgetting, 0, 1);
    }

    @Override
    double require(double value) {
        return State.requireShare(value);
    }

    @Override
    boolean take(double value) {
        observe(all, value);
        double bound = bound(all[1]);
        if (rise[0] == Double.MAX_VALUE || all[0] + bound < rise[0] + bound(rise[1])) {
            rise = all.clone();
            sinceLow = EMPTY.clone();
        } else {
            observe(sinceLow, value);
        }
        if (fall[0] == -Double.MAX_VALUE || all[0] - bound > fall[0] - bound(fall[1])) {
            fall = all.clone();
            sinceHigh = EMPTY.clone();
        } else {
            observe(sinceHigh, value);
        }
        return (sinceLow[0] >= 0 && sinceLow[0] - rise[0] > bound(rise[1] + sinceLow[1]))
                || (sinceHigh[0] >= 0 && fall[0] - sinceHigh[0] > bound(fall[1] + sinceHigh[1]));
    }

    @Override
    void restart() {
        all = EMPTY.clone();
        rise = new double[] {Double.MAX_VALUE, 0};
        fall = new double[] {-Double.MAX_VALUE, 0};
        sinceLow = EMPTY.clone();
        sinceHigh = EMPTY.clone();
    }

    private void observe(double[] mean, double value) {
        if (mean[0] < 0) {
            mean[0] = value;
            mean[1] = 1;
        } else {
            mean[0] += forgetting * (value - mean[0]);
            mean[1] = forgetting * forgetting + (1 - forgetting) * (1 - forgetting) * mean[1];
        }
    }

    private double bound(double squaredWeights) {
        return Math.sqrt(squaredWeights * Math.log(1 / confidence) / 2);
    }

    @Override
    void exchange(State state) {
        state.number("confidence", confidence);
        state.number("forgetting", forgetting);
        all = state.numbers("all", all);
        rise = state.numbers("rise", rise);
        sinceLow = state.numbers("sinceLow", sinceLow);
        fall = state.numbers("fall", fall);
        sinceHigh = state.numbers("sinceHigh", sinceHigh);
    }

    public static HddmW fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return restored(new HddmW(object.number("confidence"), object.number("forgetting")), object);
    }
}
