package io.leeway.feedback.http;

import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.contracts.rest.SnapshotPage;
import io.leeway.feedback.Snapshots;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Data sets that can be asked for again. */
@Path("/v1/loops/{loop}/snapshots")
@Tag(name = "snapshots")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotResource {
    private final Snapshots snapshots;
    private final LoopDirectory loops;
    private final PageSize pageSize;

    SnapshotResource(Snapshots snapshots, LoopDirectory loops, PageSize pageSize) {
        this.snapshots = snapshots;
        this.loops = loops;
        this.pageSize = pageSize;
    }

    @POST
    @Operation(
            summary = "Pins the loop's feedback as it is now",
            description = "The same rows can be asked for again, whatever is corrected later or rebuilt;"
                    + " they are not dropped for their age before the snapshot is deleted.")
    @APIResponse(
            responseCode = "201",
            description = "The snapshot",
            content = @Content(schema = @Schema(implementation = Snapshot.class)))
    public Response make(String loop, EventFilter filter) {
        loops.get(loop);
        Snapshot snapshot = snapshots.make(loop, filter == null ? EventFilter.ALL : filter);
        return Response.created(URI.create("/v1/loops/" + loop + "/snapshots/" + snapshot.id()))
                .entity(snapshot)
                .build();
    }

    @GET
    @Operation(summary = "The loop's snapshots, the newest first")
    public SnapshotPage list(
            String loop,
            @RestQuery @Parameter(description = "at most so many, >= 1") Integer limit,
            @RestQuery @Parameter(description = "what the page before named as next") String after) {
        return snapshots.page(loop, pageSize.of(limit), after);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "What a snapshot holds")
    public Snapshot get(String loop, String id) {
        return snapshots.find(loop, id).orElseThrow(() -> missing(id));
    }

    @GET
    @Path("/{id}/rows")
    @Produces("application/x-ndjson")
    @Operation(summary = "The rows of a snapshot: one document of feedback per line, by time of decision and event id")
    @APIResponse(
            responseCode = "200",
            description =
                    "The rows; Leeway-Snapshot-Rows and Leeway-Snapshot-Sha256 say what they were when it was made",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = String.class)))
    public Response rows(String loop, String id) {
        Snapshot snapshot = get(loop, id);
        StreamingOutput rows = out -> snapshots.write(snapshot, out);
        return Response.ok(rows)
                .header("Leeway-Snapshot-Rows", snapshot.rows())
                .header("Leeway-Snapshot-Sha256", snapshot.sha256())
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Lets go of a snapshot; its rows are kept no longer than others")
    public void delete(String loop, String id) {
        if (!snapshots.delete(loop, id)) {
            throw missing(id);
        }
    }

    private static ProblemException missing(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "must be a snapshot that the loop has: id=" + id);
    }
}
