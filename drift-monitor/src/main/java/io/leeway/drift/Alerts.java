package io.leeway.drift;

import io.leeway.contracts.Drift;
import java.util.concurrent.CompletionStage;

/** Tells people outside of drift. */
public interface Alerts {
    /**
     * Never blocks. Complete, and never by a failure, when nothing is left to be done for this event: it has arrived everywhere, or
     * was given up.
     */
    CompletionStage<Void> tell(Drift drift);
}
