package io.leeway.kit;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that declares itself too large with a problem, where the HTTP server alone would only hang up. */
@Singleton
public class BodyLimit {
    private static final int BEFORE_EVERYTHING = 1000;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final long limitBytes;
    private final Refusals refusals;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, Refusals refusals) {
        this.refusals = refusals;
        this.limitBytes = limit.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext call) {
        HttpServerRequest request = call.request();
        String length = request.getHeader("Content-Length");
        if (length == null || !DIGITS.matcher(length).matches() || Long.parseLong(length) <= limitBytes) {
            call.next();
            return;
        }
        refusals.end(
                call, ProblemType.TOO_LARGE, "must have at most " + limitBytes + " bytes: Content-Length=" + length);
    }
}
