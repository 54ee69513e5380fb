package io.leeway.training.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.rest.Job;
import io.leeway.kit.EventIds;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Jobs;
import io.leeway.training.Loops;
import io.leeway.training.RegistryException;
import io.leeway.training.RequestTraining;
import io.leeway.training.TrainingJob;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Training jobs: asked for and looked at. */
@Path("/v1")
public class JobResource {
    private final RequestTraining training;
    private final Jobs jobs;
    private final Loops loops;
    private final EventIds ids;

    JobResource(RequestTraining training, Jobs jobs, Loops loops, EventIds ids) {
        this.training = training;
        this.jobs = jobs;
        this.loops = loops;
        this.ids = ids;
    }

    @POST
    @Path("loops/{loop}/retrain")
    @Operation(summary = "Asks for training; a job of the loop that waits already takes the request in")
    @RequestBody(content = @Content(schema = @Schema(implementation = RetrainRequest.class)))
    public Response retrain(@RestPath String loop, ObjectNode body) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
        return Response.accepted(job(training.request(request(loop, body)))).build();
    }

    @GET
    @Path("jobs")
    @Operation(summary = "Jobs, newest first; after: the last jobId of the page before")
    public List<Job> jobs(
            @RestQuery Optional<String> loop,
            @RestQuery @DefaultValue("50") int limit,
            @RestQuery Optional<String> after) {
        return jobs.page(loop, Page.limit(limit), after).stream()
                .map(JobResource::job)
                .toList();
    }

    @GET
    @Path("jobs/{jobId}")
    @Operation(summary = "One job with its steps")
    public Job job(@RestPath String jobId) {
        return jobs.find(jobId).map(JobResource::job).orElseThrow(() -> RegistryException.unknownJob(jobId));
    }

    /** The body need not name the loop, which the path does, nor bring an id. */
    private RetrainRequest request(String loop, ObjectNode body) {
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
        return Json.read(Json.bytes(whole), RetrainRequest.class);
    }

    private static Job job(TrainingJob job) {
        return new Job(
                job.jobId(),
                job.loop(),
                job.request().pipeline(),
                job.request().cause(),
                job.request().reason(),
                job.request().driftId(),
                job.state(),
                job.requestedAt(),
                job.startedAt(),
                job.endedAt(),
                job.attempts(),
                job.modelVersion(),
                job.message(),
                job.steps());
    }
}
