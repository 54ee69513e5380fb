package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds changes of the mean of a stream of any unit. Not thread safe. */
interface LevelDetector {
    /** Values before the first alarm. */
    int MINIMUM = 100;

    Optional<Change> add(double value, Instant time);

    /**
     * @param score what is watched in place of the value, which only says from what to what it went
     * @param clock the stream's time, which never goes back
     */
    default Optional<Change> add(double value, double score, Instant time, Instant clock) {
        return add(value, time);
    }

    /** Values taken in. */
    long seen();

    /** Values that it takes for being alike: since the start or the last change. */
    long width();

    /** Mean of those, unit of the values; 0 before there are any. */
    double mean();

    /** As a drift event names it. */
    String name();

    /** The chance of a false alarm that it works at, in (0, 1). */
    double level();

    /** How near it is to an alarm: 0 none, 1 alarms; 0 where it cannot say. */
    default double evidence() {
        return 0;
    }

    /** The change that the evidence is for so far; empty where it cannot say. */
    default Optional<Change> suspected() {
        return Optional.empty();
    }

    /** What it promises, for people. */
    String words();

    Map<String, Object> toJson();

    static LevelDetector fromJson(JsonObject json) {
        return json.has("adwin") ? ScaledAdwin.fromJson(json) : BudgetedDetector.fromJson(json);
    }
}
