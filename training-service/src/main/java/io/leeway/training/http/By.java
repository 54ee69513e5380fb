package io.leeway.training.http;

import io.leeway.training.Attribution;
import org.jboss.resteasy.reactive.RestQuery;

/** Who calls and why, for the audit log: query parameters {@code by} and {@code reason} of every changing call. */
public class By {
    @RestQuery
    String by;

    @RestQuery
    String reason;

    Attribution attribution() {
        return attribution(null);
    }

    /** @param fromBody a reason that the body gives; it wins */
    Attribution attribution(String fromBody) {
        return new Attribution(by, fromBody == null ? reason : fromBody);
    }
}
