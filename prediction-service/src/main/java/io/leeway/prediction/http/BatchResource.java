package io.leeway.prediction.http;

import io.leeway.contracts.Activation;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.PredictionRequest;
import io.leeway.kit.Bodies;
import io.leeway.prediction.AcceptReward;
import io.leeway.prediction.Answers;
import io.leeway.prediction.Decide;
import io.leeway.prediction.LoopLimits;
import io.leeway.prediction.PredictionConfig;
import io.leeway.prediction.ServingModels;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Many decisions, predictions, rewards or activations in one call. */
@Path("/v1/loops")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Batches")
@APIResponse(responseCode = "404", description = "there is no such loop")
@Blocking
public class BatchResource {
    private final Decide decide;
    private final AcceptReward accept;
    private final ServingModels models;
    private final LoopLimits limits;
    private final int mostItems;

    BatchResource(
            Decide decide, AcceptReward accept, ServingModels models, LoopLimits limits, PredictionConfig config) {
        this.decide = decide;
        this.accept = accept;
        this.models = models;
        this.limits = limits;
        this.mostItems = config.mostBatchItems();
    }

    @POST
    @Path("/{loop}/decisions/batch")
    @Operation(
            operationId = "decideBatch",
            summary = "Choose among actions, many times",
            description = "Each item is a decision request and is answered as it would be alone, in their order. "
                    + "A bad item has a status and a problem of its own and does not fail the rest.")
    @APIResponse(responseCode = "200", description = "status and answer, or problem, of each item")
    public Batch.Answer decide(
            @RestPath String loop,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two evenings", value = """
                                                                    {"items": [{"context": {"hour": 20}, "actions": [{"id": "drama"}, {"id": "comedy"}]},
                                                                               {"context": {"hour": 21}, "actions": [{"id": "drama"}, {"id": "news"}]}]}
                                                                    """)))
                    Batch batch) {
        return answer(
                loop,
                "decisions",
                batch,
                DecisionRequest.class,
                200,
                request -> then(decide.beginChoice(loop, request), Answers::ofChoice));
    }

    @POST
    @Path("/{loop}/predictions/batch")
    @Operation(operationId = "predictBatch", summary = "Predict numbers")
    @APIResponse(responseCode = "200", description = "status and answer, or problem, of each item")
    public Batch.Answer predict(
            @RestPath String loop,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two rides", value = """
                                                                    {"items": [{"context": {"distanceMiles": 1.8}}, {"context": {"distanceMiles": 7.1}}]}
                                                                    """)))
                    Batch batch) {
        return answer(
                loop,
                "predictions",
                batch,
                PredictionRequest.class,
                200,
                request ->
                        then(decide.beginPrediction(loop, PredictionResource.asked(request)), Answers::ofPrediction));
    }

    @POST
    @Path("/{loop}/rewards/batch")
    @Operation(operationId = "rewardBatch", summary = "Say how many decisions turned out")
    @APIResponse(responseCode = "200", description = "status and logged reward, or problem, of each item")
    public Batch.Answer reward(
            @RestPath String loop,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two clicks", value = """
                                                                    {"items": [{"eventId": "my-event-1", "value": 1}, {"eventId": "my-event-2", "value": 0}]}
                                                                    """)))
                    Batch batch) {
        return answer(loop, "rewards", batch, Reward.class, 202, reward -> accept.beginReward(loop, reward));
    }

    @POST
    @Path("/{loop}/activations/batch")
    @Operation(operationId = "activateBatch", summary = "Say that deferred decisions were shown")
    @APIResponse(responseCode = "200", description = "status and logged activation, or problem, of each item")
    public Batch.Answer activate(
            @RestPath String loop,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two shown", value = """
                                                                    {"items": [{"eventId": "my-event-1"}, {"eventId": "my-event-2"}]}
                                                                    """)))
                    Batch batch) {
        return answer(
                loop,
                "activations",
                batch,
                Activation.class,
                202,
                activation -> accept.beginActivation(loop, activation.eventId()));
    }

    private static <D, A> Supplier<A> then(Supplier<D> begun, Function<D, A> answer) {
        return () -> answer.apply(begun.get());
    }

    /** @param status of an item that is not refused */
    private <T> Batch.Answer answer(
            String loop, String what, Batch batch, Class<T> type, int status, Function<T, Supplier<?>> begin) {
        models.get(loop);
        String path = "/v1/loops/" + loop + "/" + what + "/batch";
        return Bodies.require(batch).answer(mostItems, status, path, item -> {
            limits.admit(loop);
            return begin.apply(Batch.read(item, type));
        });
    }
}
