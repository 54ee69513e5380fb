package io.leeway.training.http;

import io.leeway.contracts.rest.Job;
import io.leeway.training.Jobs;
import io.leeway.training.RegistryException;
import io.leeway.training.TrainingJob;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Training jobs. */
@Path("/v1/jobs")
public class JobResource {
    private final Jobs jobs;

    JobResource(Jobs jobs) {
        this.jobs = jobs;
    }

    @GET
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
    @Path("{jobId}")
    @Operation(summary = "One job with its steps")
    public Job job(@RestPath String jobId) {
        return jobs.find(jobId).map(JobResource::job).orElseThrow(() -> RegistryException.unknownJob(jobId));
    }

    static Job job(TrainingJob job) {
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
