package io.leeway.drift.http;

import io.leeway.contracts.Drift;
import io.leeway.contracts.rest.DriftCheck;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.drift.DriftHistory;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

    DriftResource(LoopDirectory loops, LookAtLoop look, DriftHistory history) {
        this.loops = loops;
        this.look = look;
        this.history = history;
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
    @APIResponse(responseCode = "200", description = "the events")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    public List<Drift> history(
            @PathParam("loop") String loop, @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(1000) int limit) {
        return history.newest(loops.get(loop).name(), limit);
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
