package io.leeway.training.http;

import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.JobProgress;
import io.leeway.training.Jobs;
import io.leeway.training.RegistryException;
import io.leeway.training.StopJobs;
import io.leeway.training.TrainingJob;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Training jobs. */
@Path("/v1/jobs")
public class JobResource {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Jobs jobs;
    private final StopJobs stopJobs;
    private final Clock clock;

    JobResource(Jobs jobs, StopJobs stopJobs, Clock clock) {
        this.jobs = jobs;
        this.stopJobs = stopJobs;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Jobs, newest first; after: the last jobId of the page before")
    public List<Job> jobs(@RestQuery Optional<String> loop, @BeanParam PageQuery query) {
        return jobs.page(loop, query.page()).stream().map(JobResource::job).toList();
    }

    @GET
    @Path("{jobId}")
    @Operation(summary = "One job with its steps")
    public Job job(@RestPath String jobId) {
        return jobs.find(jobId).map(JobResource::job).orElseThrow(() -> RegistryException.unknownJob(jobId));
    }

    @DELETE
    @Path("{jobId}")
    @Operation(
            summary = "Cancels a job that waits or runs; one that has ended is refused (409)",
            description = "What it has not registered by then it does not register.")
    public Job cancel(@RestPath String jobId, @BeanParam By by) {
        return job(stopJobs.cancel(jobId, by.attribution()));
    }

    @GET
    @Path("{jobId}/progress")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            summary = "Tells as server-sent events how a job goes on, with the loss of each epoch, until it has ended",
            description = "Any instance tells of any job. The first event holds all epochs so far.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = JobProgress.class)))
    public Multi<JobProgress> progress(@RestPath String jobId) {
        TrainingJob first = jobs.find(jobId).orElseThrow(() -> RegistryException.unknownJob(jobId));
        FollowedJob followed = new FollowedJob(jobs, first, clock);
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        Uni.createFrom().item(followed::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .select()
                .first(look -> !look.over())
                .onItem()
                .transformToMultiAndConcatenate(look -> Multi.createFrom().iterable(look.news()));
    }

    static Job job(TrainingJob job) {
        return new Job(
                job.jobId(),
                job.loop(),
                job.request().pipeline(),
                job.request().cause(),
                job.request().reason(),
                job.request().driftId(),
                FollowedJob.state(job),
                job.requestedAt(),
                job.startedAt(),
                job.endedAt(),
                job.attempts(),
                job.modelVersion(),
                job.message(),
                job.steps(),
                job.request().by(),
                job.request().urgency(),
                job.request().deadline(),
                job.retryAt());
    }
}
