package io.leeway.feedback;

import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.contracts.rest.SnapshotPage;
import java.io.OutputStream;
import java.util.Optional;

/** Data sets that can be asked for again. Retention leaves their rows alone until they are deleted. */
public interface Snapshots {
    /** Pins what the loop has now. Reads it all once, for its hash. */
    Snapshot make(String loop, EventFilter filter);

    Optional<Snapshot> find(String loop, String id);

    /** @param after what an earlier page named as next; null for the newest */
    SnapshotPage page(String loop, int limit, String after);

    /** @return whether there was one */
    boolean delete(String loop, String id);

    /** Writes one JSON document of feedback per line, by time of decision and event id. Does not close {@code out}. */
    void write(Snapshot snapshot, OutputStream out);
}
