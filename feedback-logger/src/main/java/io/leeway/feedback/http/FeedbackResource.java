package io.leeway.feedback.http;

import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.feedback.EventHistory;
import io.leeway.kit.LoopDirectory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** A loop's feedback. */
@Path("/v1/loops/{loop}/feedback")
@Tag(name = "feedback")
@Produces(MediaType.APPLICATION_JSON)
public class FeedbackResource {
    private final EventHistory history;
    private final LoopDirectory loops;
    private final PageSize pageSize;

    FeedbackResource(EventHistory history, LoopDirectory loops, PageSize pageSize) {
        this.history = history;
        this.loops = loops;
        this.pageSize = pageSize;
    }

    @GET
    @Operation(summary = "The newest revision of each event's feedback, the newest first")
    public FeedbackPage feedback(
            String loop,
            @RestQuery @Parameter(description = "at most so many, >= 1") Integer limit,
            @RestQuery @Parameter(description = "what the page before named as next") String after) {
        loops.get(loop);
        return history.feedback(loop, pageSize.of(limit), after);
    }

    @GET
    @Path("/summary")
    @Operation(summary = "What became of the loop's decisions and rewards, in numbers")
    public FeedbackSummary summary(String loop) {
        loops.get(loop);
        return history.summary(loop);
    }
}
