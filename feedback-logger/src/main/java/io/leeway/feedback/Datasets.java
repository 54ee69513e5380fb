package io.leeway.feedback;

import java.time.Instant;

/** What registered model versions were trained on: not to be dropped for its age. */
public interface Datasets {
    /**
     * Notes what a version was trained on. Idempotent.
     *
     * @param datasetId null where that is not known
     * @param from time of its first decision; null where that is not known, and then everything before {@code to} is meant
     * @param to time of its last decision
     */
    void note(String loop, long modelVersion, String datasetId, Instant from, Instant to);
}
