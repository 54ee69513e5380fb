package io.leeway.training;

import io.leeway.contracts.rest.Checkpoint;
import java.util.Map;

/** How a continuous learner's checkpoints get to predictors, and are taken back. */
interface Publication {
    /** False if the version is not champion any more: then nothing has happened. */
    boolean publish(Checkpoint checkpoint, byte[] artifact);

    /** The version itself serves again; false if it is not champion any more. */
    boolean revert(String loop, long version, Map<String, Object> figures, String why);
}
