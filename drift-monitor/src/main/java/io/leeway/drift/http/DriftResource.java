package io.leeway.drift.http;

import io.leeway.contracts.Drift;
import io.leeway.contracts.rest.DriftCheck;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.contracts.rest.InputDetail;
import io.leeway.drift.DriftHistory;
import io.leeway.drift.DriftReport;
import io.leeway.drift.LookAtLoop;
import io.leeway.kit.LoopDirectory;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the drift monitor says of a loop. */
@Path("/v1/loops/{loop}/drift")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "drift", description = "What is watched of a loop, and what was found.")
@Blocking
public class DriftResource {
    private final LoopDirectory loops;
    private final LookAtLoop look;
    private final DriftHistory history;
    private final DriftReport report;

    DriftResource(LoopDirectory loops, LookAtLoop look, DriftHistory history, DriftReport report) {
        this.loops = loops;
        this.look = look;
        this.history = history;
        this.report = report;
    }

    @GET
    @Operation(
            summary = "What is watched now: model version, figures, drift that lasts, retrain requests.",
            description = "At most about a second old. Only the instance that holds the loop's partition can answer.")
    @APIResponse(responseCode = "200", description = "the status")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public DriftStatus status(@PathParam("loop") String loop) {
        return look.status(loop);
    }

    @GET
    @Path("/history")
    @Operation(summary = "Drift events, newest first, of whichever instance found them.")
    @APIResponse(
            responseCode = "200",
            description = "the events; the header Link says where the next page is, as long as there is one",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Drift.class)))
    @APIResponse(responseCode = "400", description = "the event to go on after is not known any more")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    public Response history(
            @PathParam("loop") String loop,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @Parameter(description = "driftId/state of the last event of the page before") @QueryParam("after")
                    String after,
            @Context UriInfo uri) {
        List<Drift> page = history.newest(loops.get(loop).name(), limit, after);
        Response.ResponseBuilder answer = Response.ok(page);
        if (page.size() == limit) {
            String last = DriftHistory.key(page.get(page.size() - 1));
            answer.link(
                    uri.getRequestUriBuilder().replaceQueryParam("after", last).build(), "next");
        }
        return answer.build();
    }

    @GET
    @Path("/inputs/{input}")
    @Operation(
            summary = "One input before and after: its tests and both distributions.",
            description = "The newest decisions beside the loop's reference, at the loop's level. Changes nothing.")
    @APIResponse(responseCode = "200", description = "the input")
    @APIResponse(responseCode = "404", description = "there is no such loop, or it has no such input")
    @APIResponse(responseCode = "409", description = "too few decisions, or nothing to compare with")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public InputDetail input(
            @PathParam("loop") String loop,
            @Parameter(description = "path of the input, as in user.age") @PathParam("input") String input) {
        return look.input(loop, input);
    }

    @GET
    @Path("/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "A page for people, which stands alone: inputs before and after, the course of every measure.")
    @APIResponse(responseCode = "200", description = "the page")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "nothing has come of the loop yet")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public String report(@PathParam("loop") String loop) {
        return report.html(loop);
    }

    @POST
    @Path("/check")
    @Operation(
            summary = "Compares the newest decisions with the model's training data now.",
            description = "Answers what it saw. Raises no drift event and asks for no retraining.")
    @APIResponse(responseCode = "200", description = "what was seen")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "too few decisions, or a model without a profile")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public DriftCheck check(@PathParam("loop") String loop) {
        return look.compare(loop);
    }
}
