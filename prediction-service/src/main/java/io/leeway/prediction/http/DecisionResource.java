package io.leeway.prediction.http;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.kit.Bodies;
import io.leeway.prediction.AcceptReward;
import io.leeway.prediction.Answers;
import io.leeway.prediction.Decide;
import io.leeway.prediction.LoopLimits;
import io.leeway.prediction.fast.DecidePlain;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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

/** Decisions of bandit and mdp loops. */
@Path("/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Decisions")
@Blocking
public class DecisionResource {
    private final Decide decide;
    private final DecidePlain plain;
    private final AcceptReward reward;
    private final LoopLimits limits;

    DecisionResource(Decide decide, DecidePlain plain, AcceptReward reward, LoopLimits limits) {
        this.decide = decide;
        this.plain = plain;
        this.reward = reward;
        this.limits = limits;
    }

    @POST
    @Path("/{loop}/decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "decide",
            summary = "Choose among actions",
            description =
                    "The decision has been logged, with the probability of every eligible action, when this answers. "
                            + "The same event id asked again within five minutes gets the same answer, and is "
                            + "not logged again (prediction-service.remembered says otherwise). Several slots are filled "
                            + "one after the other, each from what those before left.")
    @APIResponse(
            responseCode = "200",
            description = "the chosen action and its probability",
            content = @Content(schema = @Schema(implementation = DecisionAnswer.class)))
    @APIResponse(responseCode = "400", description = "a value breaks the contract; the problem names field and value")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "the event id was used for another request")
    @APIResponse(responseCode = "413", description = "the body, or the decision as it would be logged, is too large")
    @APIResponse(responseCode = "429", description = "the loop is called too often; try again after Retry-After")
    @APIResponse(responseCode = "503", description = "the decision could not be logged; try again after Retry-After")
    @NonBlocking
    public Uni<byte[]> decide(
            @RestPath String loop,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = DecisionRequest.class),
                                            examples = {
                                                @ExampleObject(name = "three actions", value = """
                                                                    {"context": {"user": {"age": 31, "country": "NO"}, "hour": 20},
                                                                     "actions": [{"id": "drama"}, {"id": "comedy"}, {"id": "news"}],
                                                                     "excluded": ["news"]}
                                                                    """),
                                                @ExampleObject(name = "deferred and explained", value = """
                                                                    {"context": {"hour": 20}, "deferred": true, "explain": true, "baseline": "comedy",
                                                                     "actions": [{"id": "drama", "features": {"minutes": 110}}, {"id": "comedy", "features": {"minutes": 95}}]}
                                                                    """),
                                                @ExampleObject(name = "two slots", value = """
                                                                    {"context": {"hour": 20}, "actions": [{"id": "drama"}, {"id": "comedy"}, {"id": "news"}],
                                                                     "slots": [{"name": "top", "features": {"size": "large"}}, {"name": "side", "excluded": ["news"]}]}
                                                                    """)
                                            }))
                    byte[] body) {
        limits.admit(loop);
        byte[] answer = plain.decide(loop, body);
        return answer != null
                ? Uni.createFrom().item(answer)
                : Uni.createFrom()
                        .item(() -> Json.bytes(Answers.ofChoice(decide.choose(loop, read(body)))))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static DecisionRequest read(byte[] body) {
        return Json.read(Bodies.require(body.length == 0 ? null : body), DecisionRequest.class);
    }

    @POST
    @Path("/{loop}/decisions/{eventId}/activation")
    @Operation(
            operationId = "activate",
            summary = "Say that a deferred decision was shown",
            description = "A deferred decision that is never activated is not learned from.")
    @APIResponse(responseCode = "202", description = "logged")
    @APIResponse(responseCode = "429", description = "the loop is called too often; try again after Retry-After")
    public Response activate(@RestPath String loop, @RestPath String eventId) {
        limits.admit(loop);
        return Response.accepted(reward.activate(loop, eventId)).build();
    }
}
