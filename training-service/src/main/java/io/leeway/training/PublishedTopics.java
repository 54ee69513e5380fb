package io.leeway.training;

import java.util.Map;

/** What the compacted topics hold that the registry fills. */
public interface PublishedTopics {
    /**
     * The topics as they are now.
     *
     * @param loops by name, as JSON
     * @param models by key, {@code loop/role}
     */
    record Published(Map<String, byte[]> loops, Map<String, Model> models) {}

    /**
     * A model as its headers name it.
     *
     * @param version 0 if the record does not say
     * @param checkpoint whether it is what a continuous learner has made of the version since
     */
    record Model(String loop, long version, String sha256, boolean checkpoint) {}

    /** Reads both topics to their ends. */
    Published read();
}
