package io.leeway.drift;

import io.leeway.core.drift.Profile;
import io.leeway.drift.WatchEvent.Decided;
import java.util.List;

/** The newest decisions of one loop as they are kept, and what they are compared with. */
public interface InputWindow {
    /** Keeps a decision in a slot, from 0 on; the one that was there is gone. */
    void put(int slot, Decided decided);

    /** The decisions in slots 0 to rows - 1, in any order. */
    List<Decided> rows(int rows);

    /** What the training data of a model looked like; empty where it is not (or no longer) known. */
    Profile reference(long modelVersion, String sha256);
}
