package io.leeway.drift;

/** What can be asked of the watches of this instance from outside of the stream. */
public interface LocalWatches {
    /** @throws InstanceElsewhereException if this instance does not watch the loop now; it names the one that does, if known */
    void requireHere(String loop);
}
