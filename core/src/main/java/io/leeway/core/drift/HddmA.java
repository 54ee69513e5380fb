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
public final class HddmA implements Detector {
    private final double confidence;
    private long seen;
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
    public boolean add(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: value=" + value);
        }
        seen++;
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
        boolean alarm = differs(total / count - lowTotal / lowCount, lowCount)
                || differs(highTotal / highCount - total / count, highCount);
        if (alarm) {
            count = 0;
            total = 0;
            lowCount = 0;
            highCount = 0;
        }
        return alarm;
    }

    private double bound(double size) {
        return Math.sqrt(Math.log(1 / confidence) / (2 * size));
    }

    private boolean differs(double difference, double cut) {
        return cut < count && difference >= Math.sqrt((count - cut) / (2 * cut * count) * Math.log(1 / confidence));
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public Map<String, Object> toJson() {
        return State.of(
                "confidence",
                confidence,
                "seen",
                seen,
                "count",
                count,
                "total",
                total,
                "lowCount",
                lowCount,
                "lowTotal",
                lowTotal,
                "highCount",
                highCount,
                "highTotal",
                highTotal);
    }

    public static HddmA fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        HddmA restored = new HddmA(object.number("confidence"));
        restored.seen = (long) object.number("seen");
        restored.count = object.number("count");
        restored.total = object.number("total");
        restored.lowCount = object.number("lowCount");
        restored.lowTotal = object.number("lowTotal");
        restored.highCount = object.number("highCount");
        restored.highTotal = object.number("highTotal");
        return restored;
    }
}
