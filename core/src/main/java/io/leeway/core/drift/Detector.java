package io.leeway.core.drift;

import java.util.Map;

/**
 * A sequential detector: takes in the values of one stream one by one and says when it has changed. Implementations are not
 * thread-safe, and are functions of their settings and the values alone, so that a replay alarms at the same values.
 */
public interface Detector {
    /**
     * Takes in a finite value; true if it alarms at this one. After an alarm the detector goes on with what it then takes for the
     * new normal.
     */
    boolean add(double value);

    /** Values taken in so far. */
    long seen();

    /** The state, from which {@link Detectors#fromJson} goes on as if nothing had happened. */
    Map<String, Object> toJson();
}
