package io.leeway.feedback.http;

import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.RebuildRequest;
import io.leeway.feedback.RebuildProjection;
import io.leeway.feedback.Shadow;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The projection as a whole. */
@Path("/v1/projection")
@Tag(name = "projection")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectionResource {
    private final RebuildProjection rebuilds;
    private final Shadow.Source tables;

    ProjectionResource(RebuildProjection rebuilds, Shadow.Source tables) {
        this.rebuilds = rebuilds;
        this.tables = tables;
    }

    @GET
    @Path("/hash")
    @Operation(summary = "What the database holds, as one hash: reads every row")
    public ProjectionHash hash(@RestQuery @Parameter(description = "of this loop alone") String loop) {
        return tables.hash(loop);
    }

    @POST
    @Path("/rebuilds")
    @Operation(
            summary = "Reads the projection again from Kafka and changes it over",
            description = "Traffic goes on; nothing lands for a moment while the tables are changed.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content = @Content(schema = @Schema(implementation = Rebuild.class)))
    public Response rebuild(RebuildRequest request) {
        Rebuild rebuild = rebuilds.start(request == null ? new RebuildRequest(null, false) : request);
        return Response.accepted(rebuild).build();
    }

    @GET
    @Path("/rebuilds/{id}")
    @Operation(summary = "How far a rebuild is, or how it ended")
    public Rebuild rebuild(String id) {
        return rebuilds.find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "must be the rebuild that this instance began last: id=" + id));
    }
}
