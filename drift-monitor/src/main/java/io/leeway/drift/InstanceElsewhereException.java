package io.leeway.drift;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** Another instance watches the loop, or it is being moved from one to another. */
public final class InstanceElsewhereException extends ProblemException {
    public InstanceElsewhereException(String loop, String where) {
        super(ProblemType.UNAVAILABLE, "must be asked of the instance that watches the loop: loop=" + loop + where);
    }
}
