package io.leeway.training;

import java.util.List;
import java.util.Optional;

/** Rollouts of all loops; at most one of a loop goes on. Changes need a transaction and the loop's lock. */
public interface Rollouts {
    /** The one that goes on. */
    Optional<VersionRollout> active(String loop);

    /** Loops in which one goes on. */
    List<String> loops();

    /** Newest first. */
    List<VersionRollout> page(String loop, Page page);

    /** The last one of a version. */
    Optional<VersionRollout> ofVersion(String loop, long version);

    void add(VersionRollout rollout);

    void save(VersionRollout rollout);
}
