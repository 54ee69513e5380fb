package io.leeway.feedback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes room ahead of time, and drops what is old. */
public interface Retention {
    /** Makes the partitions that will be needed until then. */
    void makeRoom(Instant from, Instant until);

    /**
     * Drops the weeks that are older than their loop keeps them, except what snapshots and registered models name. Does nothing
     * while a rebuild runs.
     *
     * @param kept how long a loop keeps its events; empty for ever
     * @param existing the loops whose models are still registered
     */
    Dropped drop(Function<String, Optional<Duration>> kept, Set<String> existing, Instant now);

    /**
     * What was dropped.
     *
     * @param weeks weeks that are gone as a whole
     * @param loopWeeks weeks of a loop that are gone, those included
     * @param held weeks of a loop that are old enough but named by a snapshot or a model
     */
    record Dropped(int weeks, int loopWeeks, int held) {
        public static final Dropped NOTHING = new Dropped(0, 0, 0);
    }
}
