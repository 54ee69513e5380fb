package io.leeway.training.http;

import io.leeway.contracts.Json;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.JobProgress;
import io.leeway.training.Jobs;
import io.leeway.training.TrainingJob;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One listener's view of a job: what is new since the last look. Used by one thread at a time. */
final class FollowedJob {
    private final Jobs jobs;
    private final String jobId;
    private final Clock clock;
    private JobProgress told;
    private int attempt;
    private int epochs;
    private int steps;
    private boolean over;

    /** What is new, and whether there was nothing left to tell before. */
    record Look(List<JobProgress> news, boolean over) {}

    FollowedJob(Jobs jobs, TrainingJob first, Clock clock) {
        this.jobs = jobs;
        this.jobId = first.jobId();
        this.clock = clock;
    }

    synchronized Look look() {
        if (over) {
            return new Look(List.of(), true);
        }
        Optional<TrainingJob> found = jobs.find(jobId);
        if (found.isEmpty()) {
            // Gone with its loop.
            return new Look(List.of(), true);
        }
        TrainingJob job = found.get();
        over = job.state().ended();
        if (job.attempts() != attempt || job.losses().size() < epochs) {
            attempt = job.attempts();
            epochs = 0;
            steps = Math.min(steps, job.request().priorSteps().size());
        }
        List<JobProgress.Loss> losses =
                job.losses().subList(epochs, job.losses().size());
        epochs = job.losses().size();
        JobProgress now = progress(job, losses);
        if (told != null && losses.isEmpty() && same(now, told)) {
            return new Look(List.of(), false);
        }
        List<JobProgress> news = new ArrayList<>(told == null ? List.of() : passed(job.steps()));
        news.add(now);
        told = now;
        steps = job.steps().size();
        return new Look(news, false);
    }

    /** Steps that began and ended between two looks. */
    private List<JobProgress> passed(List<StepRecord> all) {
        return all.subList(Math.min(steps, all.size()), Math.max(steps, all.size() - 1)).stream()
                .map(step -> new JobProgress(
                        jobId, StepState.RUNNING, name(step), step.message(), clock.instant(), List.of()))
                .toList();
    }

    private static String name(StepRecord step) {
        return Json.mapper().convertValue(step.step(), String.class);
    }

    /** What waits to be tried again waits, though it keeps its place. */
    static StepState state(TrainingJob job) {
        return job.retryAt() != null && job.state() == StepState.RUNNING ? StepState.WAITING : job.state();
    }

    private JobProgress progress(TrainingJob job, List<JobProgress.Loss> losses) {
        StepRecord last =
                job.steps().isEmpty() ? null : job.steps().get(job.steps().size() - 1);
        String message = last == null || job.state().ended() || job.retryAt() != null ? job.message() : last.message();
        return new JobProgress(
                jobId, state(job), last == null ? null : name(last), message, clock.instant(), List.copyOf(losses));
    }

    private static boolean same(JobProgress one, JobProgress other) {
        return one.state() == other.state()
                && java.util.Objects.equals(one.step(), other.step())
                && java.util.Objects.equals(one.message(), other.message());
    }
}
