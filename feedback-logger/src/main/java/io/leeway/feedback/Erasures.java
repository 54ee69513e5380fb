package io.leeway.feedback;

import io.leeway.contracts.rest.Erasure;
import io.leeway.contracts.rest.ErasureRequest;
import java.util.List;

/** Removes what people want removed, for good: neither late records nor a rebuild bring it back. */
public interface Erasures {
    Erasure erase(String loop, ErasureRequest request);

    /**
     * The log, the newest entry first.
     *
     * @param before number of an entry; only older ones
     */
    List<Erasure> log(String loop, int limit, long before);
}
