package io.leeway.prediction.http.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.LoopKind;
import io.leeway.kit.Bodies;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.prediction.Decide;
import io.leeway.prediction.LoopLimits;
import io.leeway.prediction.PredictionConfig;
import io.leeway.prediction.ServingLoop;
import io.leeway.prediction.ServingModel;
import io.leeway.prediction.ServingModels;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Readiness, metadata and inference. A row is a prediction like any other: it is logged, and its observed value is told as a reward
 * of the event id that stands in the answer.
 */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference Protocol")
@Blocking
public class InferenceResource {
    private final ServingModels models;
    private final Decide decide;
    private final LoopLimits limits;
    private final int mostRows;

    InferenceResource(ServingModels models, Decide decide, LoopLimits limits, PredictionConfig config) {
        this.models = models;
        this.decide = decide;
        this.limits = limits;
        this.mostRows = config.mostBatchItems();
    }

    /** What a server says of itself. */
    public record ServerMetadata(String name, String version, List<String> extensions) {}

    /** Whether a model can be asked. */
    public record ModelReady(String name, boolean ready) {}

    /** What a model takes and gives. */
    public record ModelMetadata(
            String name,
            List<String> versions,
            String platform,
            List<TensorMetadata> inputs,
            List<TensorMetadata> outputs) {}

    /** A tensor without its values; -1 stands for any number of rows. */
    public record TensorMetadata(String name, String datatype, List<Long> shape) {
        private static TensorMetadata of(String name, String datatype) {
            return new TensorMetadata(name, datatype, List.of(-1L));
        }
    }

    /** The predictions. */
    public record InferenceResponse(
            @JsonProperty("model_name") String modelName,
            @JsonProperty("model_version") String modelVersion,
            String id,
            List<Tensor> outputs) {}

    @GET
    @Operation(operationId = "inferenceServer", summary = "Metadata of the server")
    public ServerMetadata server() {
        return new ServerMetadata("leeway", "1", List.of());
    }

    @GET
    @Path("/health/live")
    @Operation(operationId = "inferenceLive", summary = "Whether the server is alive")
    public Map<String, Boolean> live() {
        return Map.of("live", true);
    }

    @GET
    @Path("/health/ready")
    @Operation(operationId = "inferenceServerReady", summary = "Whether the server takes requests")
    public Map<String, Boolean> ready() {
        return Map.of("ready", true);
    }

    @GET
    @Path("/models/{model}{version: (/versions/[0-9]+)?}/ready")
    @Operation(operationId = "inferenceModelReady", summary = "Whether a regression loop has a model")
    @APIResponse(responseCode = "200", description = "it has")
    @APIResponse(responseCode = "400", description = "not yet")
    public Response modelReady(@RestPath String model, @RestPath String version) {
        ServingLoop loop = regression(model);
        boolean ready = loop.answering()
                .filter(serving -> version.isEmpty() || version.endsWith("/" + serving.version()))
                .isPresent();
        return Response.status(ready ? 200 : 400)
                .entity(new ModelReady(model, ready))
                .build();
    }

    @GET
    @Path("/models/{model}{version: (/versions/[0-9]+)?}")
    @Operation(operationId = "inferenceModel", summary = "Inputs and outputs of a regression loop")
    public ModelMetadata metadata(@RestPath String model, @RestPath String version) {
        ServingModel serving = serving(model, version);
        List<TensorMetadata> inputs = serving.features().context().stream()
                .map(input -> TensorMetadata.of(
                        input.path(),
                        switch (input.kind()) {
                            case NUMBER -> "FP64";
                            case FLAG -> "BOOL";
                            case CATEGORY -> "BYTES";
                        }))
                .toList();
        return new ModelMetadata(
                model,
                List.of(Long.toString(serving.version())),
                "leeway_" + serving.learner(),
                inputs,
                List.of(
                        TensorMetadata.of("prediction", "FP64"),
                        TensorMetadata.of("eventId", "BYTES"),
                        TensorMetadata.of("modelVersion", "INT64")));
    }

    @POST
    @Path("/models/{model}{version: (/versions/[0-9]+)?}/infer")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "infer",
            summary = "Predict a number for each row",
            description = "Every input tensor is a feature. Values are JSON; binary tensors are not read.")
    @APIResponse(responseCode = "200", description = "prediction, event id and model version of each row")
    @APIResponse(responseCode = "400", description = "a value breaks the contract, or the loop has no model yet")
    @APIResponse(
            responseCode = "429",
            description = "the loop is called too often, each row being a call; try again after Retry-After")
    public InferenceResponse infer(
            @RestPath String model,
            @RestPath String version,
            @RequestBody(
                            required = true,
                            content = @Content(examples = @ExampleObject(name = "two rides", value = """
                                                                    {"inputs": [{"name": "pickup", "shape": [2], "datatype": "BYTES", "data": ["43", "151"]},
                                                                                {"name": "distanceMiles", "shape": [2], "datatype": "FP64", "data": [1.8, 7.1]}]}
                                                                    """)))
                    InferenceRequest request) {
        serving(model, version);
        List<Map<String, Object>> contexts = Bodies.require(request).contexts(mostRows);
        limits.admit(model, contexts.size());
        List<Supplier<Decision>> begun = new ArrayList<>(contexts.size());
        for (int i = 0; i < contexts.size(); i++) {
            String eventId = request.id() == null || contexts.size() == 1 ? request.id() : request.id() + "-" + i;
            begun.add(decide.beginPrediction(
                    model,
                    new DecisionRequest(null, eventId, null, contexts.get(i), null, null, null, null, null, null)));
        }
        List<Decision> rows = begun.stream().map(Supplier::get).toList();
        return new InferenceResponse(
                model, Long.toString(rows.get(0).modelVersion()), request.id(), outputs(request, rows));
    }

    private static List<Tensor> outputs(InferenceRequest request, List<Decision> rows) {
        List<Tensor> all = List.of(
                tensor("prediction", "FP64", rows, Decision::prediction),
                tensor("eventId", "BYTES", rows, Decision::eventId),
                tensor("modelVersion", "INT64", rows, Decision::modelVersion));
        if (request.outputs() == null || request.outputs().isEmpty()) {
            return all;
        }
        return request.outputs().stream()
                .map(wanted -> all.stream()
                        .filter(tensor -> tensor.name().equals(wanted.name()))
                        .findFirst()
                        .orElseThrow(() -> new ContractViolation(
                                "outputs.name", "must be prediction, eventId or modelVersion", wanted.name())))
                .toList();
    }

    private static Tensor tensor(String name, String datatype, List<Decision> rows, Function<Decision, Object> value) {
        List<Object> data = new ArrayList<>(rows.size());
        rows.forEach(row -> data.add(value.apply(row)));
        return Tensor.of(name, datatype, data);
    }

    private ServingLoop regression(String model) {
        ServingLoop loop = models.get(model);
        if (loop.loop().kind() != LoopKind.REGRESSION) {
            throw new ProblemException(ProblemType.NOT_FOUND, "must be a regression loop: model=" + model);
        }
        return loop;
    }

    private ServingModel serving(String model, String version) {
        ServingModel serving = regression(model)
                .answering()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID, "must have a model, it has none yet: model=" + model));
        if (!version.isEmpty() && !version.endsWith("/" + serving.version())) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "must be the version that serves, " + serving.version() + ": version="
                            + version.substring(version.lastIndexOf('/') + 1));
        }
        return serving;
    }
}
