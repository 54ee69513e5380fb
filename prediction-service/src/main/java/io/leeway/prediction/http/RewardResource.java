package io.leeway.prediction.http;

import io.leeway.contracts.Reward;
import io.leeway.kit.Bodies;
import io.leeway.prediction.AcceptReward;
import io.leeway.prediction.LoopLimits;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Rewards of decisions, and observed values of predictions. */
@Path("/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rewards")
@Blocking
public class RewardResource {
    private final AcceptReward accept;
    private final LoopLimits limits;

    RewardResource(AcceptReward accept, LoopLimits limits) {
        this.accept = accept;
        this.limits = limits;
    }

    @POST
    @Path("/{loop}/rewards")
    @Operation(
            operationId = "reward",
            summary = "Say how a decision turned out",
            description = "Accepted whether or not the event id is known: a reward may come before its decision. "
                    + "A rewardId makes repeating the call harmless.")
    @APIResponse(
            responseCode = "202",
            description = "the reward as it was logged",
            content = @Content(schema = @Schema(implementation = Reward.class)))
    @APIResponse(responseCode = "400", description = "no finite number, or outside the loop's reward range")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "429", description = "the loop is called too often; try again after Retry-After")
    @APIResponse(responseCode = "503", description = "the reward could not be logged; try again after Retry-After")
    public Response reward(
            @RestPath String loop,
            @RequestBody(required = true, content = @Content(examples = @ExampleObject(name = "a click", value = """
                                                                    {"eventId": "my-event-1", "value": 1.0}
                                                                    """)))
                    Reward body) {
        limits.admit(loop);
        return Response.accepted(accept.accept(loop, Bodies.require(body))).build();
    }
}
