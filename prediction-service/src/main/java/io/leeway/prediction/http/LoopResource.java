package io.leeway.prediction.http;

import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.ServingModels;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The loops as this instance serves them. They are made and changed at training-service. */
@Path("/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Loops")
@NonBlocking
public class LoopResource {
    private final ServingModels models;
    private final DecisionMeters meters;

    LoopResource(ServingModels models, DecisionMeters meters) {
        this.models = models;
        this.meters = meters;
    }

    @GET
    @Operation(operationId = "listLoops", summary = "All loops")
    public List<LoopAnswer> loops() {
        return models.all().stream()
                .map(serving -> LoopAnswer.of(serving.loop()))
                .toList();
    }

    @GET
    @Path("/{loop}")
    @Operation(operationId = "getLoop", summary = "One loop")
    @APIResponse(responseCode = "200", description = "the loop as this instance knows it")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    public LoopAnswer loop(@RestPath String loop) {
        return LoopAnswer.of(models.get(loop).loop());
    }

    @GET
    @Path("/{loop}/model")
    @Operation(operationId = "getServing", summary = "What serves a loop on this instance now")
    @APIResponse(responseCode = "200", description = "model and policy")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    public ServingAnswer model(@RestPath String loop) {
        return ServingAnswer.of(models.get(loop), meters.apprenticeship(loop));
    }
}
