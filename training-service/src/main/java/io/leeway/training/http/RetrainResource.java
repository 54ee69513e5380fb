package io.leeway.training.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.kit.EventIds;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Loops;
import io.leeway.training.RequestTraining;
import io.leeway.training.TrainingJob;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;

/** Training on request. */
@Path("/v1/loops/{loop}/retrain")
public class RetrainResource {
    private final RequestTraining training;
    private final Loops loops;
    private final EventIds ids;

    RetrainResource(RequestTraining training, Loops loops, EventIds ids) {
        this.training = training;
        this.loops = loops;
        this.ids = ids;
    }

    @POST
    @Operation(summary = "Asks for training; a job of the loop that waits already takes the request in")
    @RequestBody(content = @Content(schema = @Schema(implementation = RetrainRequest.class)))
    public Response retrain(@RestPath String loop, ObjectNode body, @BeanParam By by) {
        Loop known = loops.find(loop).orElseThrow(() -> new UnknownLoopException(loop));
        RetrainRequest request = request(loop, body, by);
        TrainingJob job = training.request(request)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        RequestTraining.whyNot(known, request.cause()).orElse("declined")));
        return Response.accepted(JobResource.job(job)).build();
    }

    /** The body need not name the loop, which the path does, nor bring an id. */
    private RetrainRequest request(String loop, ObjectNode body, By by) {
        ObjectNode whole = body == null ? Json.mapper().createObjectNode() : body.deepCopy();
        if (whole.hasNonNull("loop") && !loop.equals(whole.get("loop").asText())) {
            throw new ContractViolation(
                    "loop",
                    "must be the loop of the path, " + loop,
                    whole.get("loop").asText());
        }
        whole.put("loop", loop);
        if (!whole.hasNonNull("requestId")) {
            whole.put("requestId", ids.next());
        }
        if (!whole.hasNonNull("by") && by.by != null) {
            whole.put("by", by.by);
        }
        if (!whole.hasNonNull("reason") && by.reason != null) {
            whole.put("reason", by.reason);
        }
        return Json.read(Json.bytes(whole), RetrainRequest.class);
    }
}
