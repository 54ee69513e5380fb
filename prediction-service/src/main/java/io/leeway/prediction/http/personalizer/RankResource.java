package io.leeway.prediction.http.personalizer;

import io.leeway.kit.Bodies;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** Rank, reward and activate. */
@Path("/personalizer/{version: v1\\.0|v1\\.1-preview\\.1|v1\\.1-preview\\.3}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Personalizer")
@Blocking
public class RankResource {
    private final Keys keys;
    private final Calls calls;

    RankResource(Keys keys, Calls calls) {
        this.keys = keys;
        this.calls = calls;
    }

    /** What Personalizer's containers said of themselves. */
    public record Status(String service, String apiStatus, String apiStatusMessage) {}

    @GET
    @Path("/status")
    @Operation(operationId = "personalizerStatus", summary = "Whether the key is valid and its loop is served")
    @APIResponse(responseCode = "200", description = "it is")
    @APIResponse(responseCode = "401", description = "no key, or nobody's")
    public Status status(@RestPath String version, @RestHeader(Keys.HEADER) String key) {
        return new Status("leeway", "Valid", "loop " + keys.loop(key) + " is served");
    }

    @POST
    @Path("/rank")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "personalizerRank", summary = "Rank actions (Personalizer)")
    @APIResponse(
            responseCode = "201",
            description = "the ranking",
            content = @Content(schema = @Schema(implementation = RankResponse.class)))
    @APIResponse(responseCode = "400", description = "a value breaks the contract, in Personalizer's error body")
    @APIResponse(responseCode = "401", description = "no key, or nobody's")
    public Response rank(
            @RestPath String version,
            @RestHeader(Keys.HEADER) String key,
            @RequestBody(required = true, content = @Content(examples = @ExampleObject(name = "news", value = """
                                                                    {"contextFeatures": [{"timeOfDay": "Morning"}],
                                                                     "actions": [{"id": "NewsArticle", "features": [{"type": "News"}]},
                                                                                 {"id": "SportsArticle", "features": [{"type": "Sports"}]},
                                                                                 {"id": "EntertainmentArticle", "features": [{"type": "Entertainment"}]}],
                                                                     "excludedActions": ["SportsArticle"], "deferActivation": false}
                                                                    """)))
                    RankRequest request) {
        return calls.rank(
                key,
                () -> Bodies.require(request).toDecisionRequest(),
                (asked, decision) -> RankResponse.of(asked.actions(), decision));
    }

    @POST
    @Path("/events/{eventId}/reward")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "personalizerReward", summary = "Reward an event (Personalizer)")
    @APIResponse(responseCode = "204", description = "logged")
    public Response reward(
            @RestPath String version,
            @RestPath String eventId,
            @RestHeader(Keys.HEADER) String key,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "a click", value = "{\"value\": 1}")))
                    RewardRequest request) {
        return calls.reward(key, () -> Bodies.require(request).toRewards(eventId));
    }

    @POST
    @Path("/events/{eventId}/activate")
    @Operation(operationId = "personalizerActivate", summary = "Activate a deferred event (Personalizer)")
    @APIResponse(responseCode = "204", description = "logged")
    public Response activate(@RestPath String version, @RestPath String eventId, @RestHeader(Keys.HEADER) String key) {
        return calls.activate(key, eventId);
    }
}
