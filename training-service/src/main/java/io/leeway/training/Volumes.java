package io.leeway.training;

/** How much feedback each loop has got since it was last asked to be retrained for its volume. */
public interface Volumes {
    /** Adds to a loop's count and returns it. Part of the caller's transaction. */
    long add(String loop, long feedback);

    /** Begins again at 0. Part of the caller's transaction. */
    void reset(String loop);
}
