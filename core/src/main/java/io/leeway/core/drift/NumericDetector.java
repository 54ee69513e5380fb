package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/** A detector whose settings and state are a few numbers: counts the values, starts anew after an alarm, saves and restores. */
abstract class NumericDetector implements Detector {
    private long seen;

    /** Takes in a value, the {@link #seen}-th; true if it alarms. Refuses a value that is not for it before it changes anything. */
    abstract boolean take(double value);

    /** Forgets what was normal; settings stay. */
    abstract void restart();

    /** Names every number of the settings and of the state; settings are read elsewhere, before there is a detector. */
    abstract void exchange(State state);

    /** Refuses values that are not for it. */
    double require(double value) {
        return State.requireFinite(value);
    }

    @Override
    public final boolean add(double value) {
        require(value);
        seen++;
        boolean alarm = take(value);
        if (alarm) {
            restart();
        }
        return alarm;
    }

    @Override
    public final long seen() {
        return seen;
    }

    @Override
    public final Map<String, Object> toJson() {
        State state = State.writing();
        state.integer("seen", seen);
        exchange(state);
        return state.toJson();
    }

    static <D extends NumericDetector> D restored(D fresh, JsonObject json) {
        State state = State.reading(json);
        NumericDetector detector = fresh;
        detector.seen = state.integer("seen", 0);
        detector.exchange(state);
        return fresh;
    }
}
