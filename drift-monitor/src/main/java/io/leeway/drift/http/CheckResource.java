package io.leeway.drift.http;

import io.leeway.contracts.rest.CheckRequest;
import io.leeway.contracts.rest.DriftCheck;
import io.leeway.drift.LookAtLoop;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Checks by hand. */
@Path("/v1/loops/{loop}/checks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "drift")
@Blocking
public class CheckResource {
    private final LookAtLoop look;

    CheckResource(LookAtLoop look) {
        this.look = look;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Checks the inputs now, as a check that came by itself would.",
            description =
                    "Raises the events that it finds reason for. If training is wanted and inputs moved, it is asked for,"
                            + " unless the loop's policy is against it: frozen, a request open, the quiet time, the daily limit."
                            + " Checks by hand come on top of those that the budget of false alarms counts.")
    @APIResponse(responseCode = "200", description = "what was seen, and what came of it")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "too few decisions, or nothing to compare with")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public DriftCheck check(@PathParam("loop") String loop, CheckRequest request) {
        return look.check(loop, request != null && request.retrain());
    }
}
