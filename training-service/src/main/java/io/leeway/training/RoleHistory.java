package io.leeway.training;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.RoleChange;
import io.leeway.contracts.rest.RoleHolder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which version held which role when, by whose doing and why; outlives the loop. */
public interface RoleHistory {
    /** Newest first, of one role or of all. */
    List<RoleChange> page(String loop, Optional<ModelRole> role, Page page);

    /** Who held a role at a time; empty if the loop never had anybody in any role. */
    Optional<RoleHolder> at(String loop, ModelRole role, Instant time);

    /** When each version last got or lost a role; without those that never had one. */
    Map<Long, Instant> lastHeld(String loop);
}
