package io.leeway.kit;

import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Problem;
import io.quarkus.arc.All;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Writes refusals in the form of the path that was called. Thread safe. */
@Singleton
public class Refusals {
    private final List<RefusalForm> forms;

    Refusals(@All List<RefusalForm> forms) {
        this.forms = forms;
    }

    Response answer(Problem problem) {
        for (RefusalForm form : forms) {
            if (form.appliesTo(problem.instance())) {
                return Response.status(form.status(problem))
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(form.body(problem))
                        .build();
            }
        }
        return Response.status(problem.status())
                .type(Problems.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    /** Ends a call before anything of its body is read; the connection is closed, because the body is still on it. */
    void end(RoutingContext call, ProblemType type, String detail) {
        Response answer = answer(new Problem(
                type.type(), type.title(), type.status(), detail, call.request().path(), null));
        call.response()
                .setStatusCode(answer.getStatus())
                .putHeader("Content-Type", answer.getMediaType().toString())
                .putHeader("Connection", "close")
                .end(Json.text(answer.getEntity()));
    }
}
