package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/**
 * KSWIN: Kolmogorov-Smirnov test of the newest values of a sliding window against as many drawn from its older part. The draw is
 * a function of how many values were seen. Not thread-safe. O(window) memory; O(recent squared) time per value.
 *
 * @see "Raab, Heusinger and Schleif, Reactive soft prototype computing for concept drift streams, Neurocomputing 416, 2020, 340-351"
 */
public final class Kswin implements Detector {
    private final double level;
    private final int recent;
    private final double[] window;
    private long seen;
    private int size;

    /**
     * @param level of each test, in (0, 1); 0.005 is usual
     * @param window values kept, more than twice {@code recent}; 100 is usual
     * @param recent newest values that are tested, at least 2; 30 is usual
     */
    public Kswin(double level, int window, int recent) {
        this.level = State.requireIn("level", level, 0, 1);
        this.recent = (int) State.requireIn("recent", recent, 1, window / 2.0);
        this.window = new double[window];
    }

    @Override
    public boolean add(double value) {
        State.requireFinite(value);
        seen++;
        if (size == window.length) {
            System.arraycopy(window, 1, window, 0, --size);
        }
        window[size++] = value;
        if (size < window.length) {
            return false;
        }
        double[] newest = Arrays.copyOfRange(window, size - recent, size);
        if (KolmogorovSmirnov.test(drawn(), newest).pValue() > level) {
            return false;
        }
        System.arraycopy(newest, 0, window, 0, recent);
        size = recent;
        return true;
    }

    private double[] drawn() {
        double[] older = Arrays.copyOf(window, size - recent);
        java.util.SplittableRandom random = new java.util.SplittableRandom(seen);
        for (int i = 0; i < recent; i++) {
            int j = i + random.nextInt(older.length - i);
            double value = older[i];
            older[i] = older[j];
            older[j] = value;
        }
        return Arrays.copyOf(older, recent);
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public Map<String, Object> toJson() {
        State state = State.writing();
        state.number("level", level);
        state.number("length", window.length);
        state.number("recent", recent);
        state.integer("seen", seen);
        state.numbers("window", Arrays.copyOf(window, size));
        return state.toJson();
    }

    public static Kswin fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        Kswin restored =
                new Kswin(object.number("level"), (int) object.number("length"), (int) object.number("recent"));
        double[] window = object.numbers("window");
        restored.seen = (long) object.number("seen");
        restored.size = Math.min(window.length, restored.window.length);
        System.arraycopy(window, 0, restored.window, 0, restored.size);
        return restored;
    }
}
