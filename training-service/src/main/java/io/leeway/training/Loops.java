package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.kit.UnknownLoopException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The loops as the registry keeps them. All methods but the reading ones need a transaction. */
public interface Loops {
    Optional<Loop> find(String name);

    /** All loops by name. */
    List<Loop> all();

    /** Reads a loop and keeps others from changing it until the transaction ends; empty if there is none. */
    Optional<Loop> lockIfThere(String name);

    /** @throws UnknownLoopException if there is no such loop */
    default Loop lock(String name) {
        return lockIfThere(name).orElseThrow(() -> new UnknownLoopException(name));
    }

    /** Fails at commit if somebody else made it in the meantime. */
    void create(Loop loop);

    void update(Loop loop);

    /**
     * Removes a loop with its jobs, versions and roles.
     *
     * @param feedbackOffsets where the feedback topic ends now, by partition: a later loop of this name begins there
     */
    void delete(String name, Map<Integer, Long> feedbackOffsets, Instant at);

    /** Offsets by partition before which the feedback belongs to an earlier loop of this name; empty if there was none. */
    Map<Integer, Long> feedbackFloor(String name);
}
