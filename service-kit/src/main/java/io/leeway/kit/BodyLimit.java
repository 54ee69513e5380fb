package io.leeway.kit;

import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that declares itself too large with a problem, where the HTTP server alone would only hang up. */
@Singleton
public class BodyLimit {
    private static final int BEFORE_EVERYTHING = 1000;

    private final long limitBytes;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.limitBytes = limit.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext call) {
        HttpServerRequest request = call.request();
        String length = request.getHeader("Content-Length");
        if (length == null || !length.matches("\\d{1,18}") || Long.parseLong(length) <= limitBytes) {
            call.next();
            return;
        }
        ProblemType type = ProblemType.TOO_LARGE;
        String detail = "must have at most " + limitBytes + " bytes: Content-Length=" + length;
        call.response()
                .setStatusCode(type.status())
                .putHeader("Content-Type", Problems.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(Json.text(new Problem(type.type(), type.title(), type.status(), detail, request.path(), null)));
    }
}
