package io.leeway.drift;

import io.leeway.core.drift.Profile;
import io.leeway.drift.WatchEvent.Decided;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The newest decisions of one loop as they are kept, and what they are compared with. */
public interface InputWindow {
    /** Keeps a decision in a slot, from 0 on; the one that was there is gone. */
    void put(int slot, Decided decided);

    /** The decision in a slot. */
    Optional<Decided> row(int slot);

    /** What the training data of a model looked like; empty where it is not (or no longer) known. */
    Profile reference(long modelVersion, String sha256);

    /**
     * What a model says of a row of cells by leaf path: a score for each action, or one prediction; empty where it does not serve (any
     * more).
     *
     * @param seen ids of actions, for a loop that names none of its own
     */
    Optional<Function<Map<String, Object>, double[]>> scores(long modelVersion, String sha256, Collection<String> seen);

    /** A data set of the loop that was uploaded. */
    Optional<Dataset> dataset(String name);

    /** All of them, by name. */
    List<Dataset> datasets();

    /** @param dataset null to forget it */
    void keepDataset(String name, Dataset dataset);

    /** What was kept of a phase, from 0 on. */
    Optional<byte[]> phase(int phase);

    /** Keeps what is known of a phase. */
    void keepPhase(int phase, byte[] known);
}
