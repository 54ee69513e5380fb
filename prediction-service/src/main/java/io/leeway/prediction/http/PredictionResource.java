package io.leeway.prediction.http;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.rest.PredictionAnswer;
import io.leeway.contracts.rest.PredictionRequest;
import io.leeway.kit.Bodies;
import io.leeway.prediction.Answers;
import io.leeway.prediction.Decide;
import io.leeway.prediction.LoopLimits;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Predictions of regression loops. */
@Path("/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions")
@Blocking
public class PredictionResource {
    private final Decide decide;
    private final LoopLimits limits;

    PredictionResource(Decide decide, LoopLimits limits) {
        this.decide = decide;
        this.limits = limits;
    }

    @POST
    @Path("/{loop}/predictions")
    @Operation(
            operationId = "predict",
            summary = "Predict a number",
            description =
                    "Logged like a decision. While there is no model the prediction is absent and modelVersion is 0.")
    @APIResponse(responseCode = "200", description = "the prediction")
    @APIResponse(responseCode = "400", description = "a value breaks the contract; the problem names field and value")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "the event id was used for another request")
    @APIResponse(responseCode = "429", description = "the loop is called too often; try again after Retry-After")
    @APIResponse(responseCode = "503", description = "the prediction could not be logged; try again after Retry-After")
    public PredictionAnswer predict(
            @RestPath String loop,
            @RequestBody(required = true, content = @Content(examples = @ExampleObject(name = "a ride", value = """
                                                                    {"context": {"pickup": "43", "dropoff": "151", "distanceMiles": 1.8}}
                                                                    """)))
                    PredictionRequest body) {
        limits.admit(loop);
        return Answers.ofPrediction(decide.predict(loop, asked(Bodies.require(body))));
    }

    static DecisionRequest asked(PredictionRequest request) {
        return new DecisionRequest(
                null,
                request.eventId(),
                request.time(),
                request.context(),
                null,
                null,
                null,
                null,
                null,
                null,
                request.explain(),
                null);
    }
}
