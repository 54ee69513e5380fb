package io.leeway.core.drift;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a {@link PhaseProfile} from rows with their times. Mergeable, as its parts are. Memory is bounded per path and phase. Not
 * thread-safe.
 */
public final class PhaseProfileLearner {
    /** Values kept per path and phase while learning. */
    public static final int SAMPLE_SIZE = 1024;

    /** Quantiles kept per path and phase in the profile. */
    public static final int QUANTILES = 128;

    private final Phase phase;
    private final ZoneId zone;
    private final TreeMap<Integer, ProfileLearner> learners = new TreeMap<>();

    /** @param zone whose clock the rhythm follows */
    public PhaseProfileLearner(Phase phase, ZoneId zone) {
        this.phase = phase;
        this.zone = zone;
    }

    /** What was seen at a phase: takes in the rows of that phase. */
    public ProfileLearner at(Instant time) {
        return learners.computeIfAbsent(phase.of(time, zone), place -> new ProfileLearner(SAMPLE_SIZE, QUANTILES));
    }

    /** Takes in the context of one decision. */
    public void observe(Instant time, String eventId, Map<String, ?> context) {
        at(time).observe(eventId, context);
    }

    /** Takes in all that another learner of the same rhythm saw, of other events. */
    public void merge(PhaseProfileLearner other) {
        if (phase != other.phase || !zone.equals(other.zone)) {
            throw new IllegalArgumentException(
                    "must be of one rhythm: " + phase + " " + zone + ", " + other.phase + " " + other.zone);
        }
        other.learners.forEach(
                (place, learner) -> learners.computeIfAbsent(place, key -> new ProfileLearner(SAMPLE_SIZE, QUANTILES))
                        .merge(learner));
    }

    public PhaseProfile profile() {
        Map<Integer, Profile> byPhase = new TreeMap<>();
        learners.forEach((place, learner) -> byPhase.put(place, learner.profile()));
        return new PhaseProfile(phase, zone, byPhase);
    }
}
