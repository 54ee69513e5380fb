package io.leeway.prediction.http.personalizer;

import io.leeway.kit.Bodies;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The forms for several slots. */
@Path("/personalizer/{version: v1\\.1-preview\\.1|v1\\.1-preview\\.3}/multislot")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Personalizer")
@Blocking
public class MultiSlotResource {
    private final Calls calls;

    MultiSlotResource(Calls calls) {
        this.calls = calls;
    }

    @POST
    @Path("/rank")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "personalizerMultiSlotRank",
            summary = "Fill slots (Personalizer)",
            description = "Slots are filled one after the other, each from what those before left.")
    @APIResponse(
            responseCode = "201",
            description = "the action of each slot",
            content = @Content(schema = @Schema(implementation = MultiSlotRankResponse.class)))
    @APIResponse(responseCode = "400", description = "a value breaks the contract, in Personalizer's error body")
    public Response rank(
            @RestPath String version,
            @RestHeader(Keys.HEADER) String key,
            @RequestBody(required = true, content = @Content(examples = @ExampleObject(name = "a page", value = """
                                                                    {"contextFeatures": [{"timeOfDay": "Morning"}],
                                                                     "actions": [{"id": "NewsArticle", "features": [{"type": "News"}]},
                                                                                 {"id": "SportsArticle", "features": [{"type": "Sports"}]}],
                                                                     "slots": [{"id": "Main", "features": [{"size": "Large"}], "baselineAction": "NewsArticle"},
                                                                               {"id": "Side", "features": [{"size": "Small"}], "baselineAction": "SportsArticle"}]}
                                                                    """)))
                    MultiSlotRankRequest request) {
        return calls.rank(
                key,
                () -> Bodies.require(request).toDecisionRequest(),
                (asked, decision) -> MultiSlotRankResponse.of(decision));
    }

    @POST
    @Path("/events/{eventId}/reward")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "personalizerMultiSlotReward", summary = "Reward slots (Personalizer)")
    @APIResponse(responseCode = "204", description = "logged")
    public Response reward(
            @RestPath String version,
            @RestPath String eventId,
            @RestHeader(Keys.HEADER) String key,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two slots", value = """
                                                                    {"reward": [{"slotId": "Main", "value": 1}, {"slotId": "Side", "value": 0}]}
                                                                    """)))
                    MultiSlotRewardRequest request) {
        return calls.reward(key, () -> Bodies.require(request).toRewards(eventId));
    }

    @POST
    @Path("/events/{eventId}/activate")
    @Operation(operationId = "personalizerMultiSlotActivate", summary = "Activate a deferred event (Personalizer)")
    @APIResponse(responseCode = "204", description = "logged")
    public Response activate(@RestPath String version, @RestPath String eventId, @RestHeader(Keys.HEADER) String key) {
        return calls.activate(key, eventId);
    }
}
