package io.leeway.kit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses compressed bodies: a few kilobytes of them can hold gigabytes. */
@Singleton
public class BodyEncoding {
    private static final int BEFORE_EVERYTHING = 1000;

    private final Refusals refusals;

    BodyEncoding(Refusals refusals) {
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext call) {
        String encoding = call.request().getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
            call.next();
        } else {
            refusals.end(
                    call,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "must be absent, bodies are not unpacked: Content-Encoding=" + encoding);
        }
    }
}
