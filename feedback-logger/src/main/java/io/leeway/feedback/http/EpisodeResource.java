package io.leeway.feedback.http;

import io.leeway.contracts.rest.EpisodePage;
import io.leeway.feedback.EventHistory;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Episodes of mdp loops. */
@Path("/v1/loops/{loop}/episodes")
@Tag(name = "episodes")
@Produces(MediaType.APPLICATION_JSON)
public class EpisodeResource {
    private final EventHistory history;
    private final LoopDirectory loops;
    private final PageSize pageSize;

    EpisodeResource(EventHistory history, LoopDirectory loops, PageSize pageSize) {
        this.history = history;
        this.loops = loops;
        this.pageSize = pageSize;
    }

    @GET
    @Path("/{episodeId}")
    @Operation(
            summary = "The steps of an episode in their order, each with its decision, rewards, feedback and the step"
                    + " that followed")
    public EpisodePage episode(
            String loop,
            String episodeId,
            @RestQuery @Parameter(description = "at most so many, >= 1") Integer limit,
            @RestQuery @Parameter(description = "what the page before named as next") String after) {
        // The episodes of a loop that was deleted stay in the log.
        return history.episode(loop, episodeId, pageSize.of(limit), after).orElseThrow(() -> {
            loops.get(loop);
            return new ProblemException(
                    ProblemType.NOT_FOUND, "must be an episode that the loop has: episodeId=" + episodeId);
        });
    }
}
