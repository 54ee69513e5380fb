package io.leeway.training;

import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.JobProgress;
import java.time.Instant;
import java.util.List;

/**
 * One training job as the queue keeps it.
 *
 * @param request what asked for it; of several merged ones, what they come to
 * @param attempts how often it was begun
 * @param modelVersion that it made, or null
 * @param steps in order, those done before by whoever asked included
 * @param retryAt when it is tried again after a failure that may pass; null unless it waits for that
 * @param losses of the epochs of the training so far
 */
public record TrainingJob(
        String jobId,
        RetrainRequest request,
        StepState state,
        Instant requestedAt,
        Instant startedAt,
        Instant endedAt,
        int attempts,
        Long modelVersion,
        String message,
        List<StepRecord> steps,
        Instant retryAt,
        List<JobProgress.Loss> losses) {
    public TrainingJob {
        steps = List.copyOf(steps);
        losses = List.copyOf(losses);
    }

    static TrainingJob waiting(String jobId, RetrainRequest request, Instant now) {
        return new TrainingJob(
                jobId,
                request,
                StepState.WAITING,
                now,
                null,
                null,
                0,
                null,
                null,
                request.priorSteps(),
                null,
                List.of());
    }

    public String loop() {
        return request.loop();
    }

    TrainingJob withRequest(RetrainRequest merged) {
        return new TrainingJob(
                jobId,
                merged,
                state,
                requestedAt,
                startedAt,
                endedAt,
                attempts,
                modelVersion,
                message,
                merged.priorSteps(),
                retryAt,
                losses);
    }

    /** Replaces the last step if it is the same one, else appends it. */
    TrainingJob withStep(StepRecord step) {
        List<StepRecord> kept = steps;
        if (!steps.isEmpty()) {
            StepRecord last = steps.get(steps.size() - 1);
            if (last.step() == step.step() && !last.state().ended()) {
                kept = steps.subList(0, steps.size() - 1);
            }
        }
        List<StepRecord> all = new java.util.ArrayList<>(kept);
        all.add(step);
        return new TrainingJob(
                jobId,
                request,
                state,
                requestedAt,
                startedAt,
                endedAt,
                attempts,
                modelVersion,
                message,
                all,
                retryAt,
                losses);
    }

    TrainingJob ended(StepState end, Long version, String why, Instant now) {
        return new TrainingJob(
                jobId, request, end, requestedAt, startedAt, now, attempts, version, why, steps, null, losses);
    }

    /** Begun, for the first time or again: only the steps done before by others remain. */
    public TrainingJob begun(Instant now) {
        String why = attempts == 0 ? null : "taken up again: attempt " + (attempts + 1);
        return new TrainingJob(
                jobId,
                request,
                StepState.RUNNING,
                requestedAt,
                now,
                null,
                attempts + 1,
                modelVersion,
                why,
                request.priorSteps(),
                null,
                List.of());
    }

    /** With the loss of one more epoch. */
    TrainingJob withLoss(JobProgress.Loss loss) {
        List<JobProgress.Loss> more = new java.util.ArrayList<>(losses);
        more.add(loss);
        return new TrainingJob(
                jobId,
                request,
                state,
                requestedAt,
                startedAt,
                endedAt,
                attempts,
                modelVersion,
                message,
                steps,
                null,
                more);
    }

    /** To be tried again; it stays at the head of its loop until then. */
    TrainingJob retriedAt(Instant time, String why) {
        return new TrainingJob(
                jobId, request, state, requestedAt, startedAt, null, attempts, modelVersion, why, steps, time, losses);
    }

    /** Ended by somebody who does not run it, and with it the step that it is at. */
    TrainingJob stopped(StepState end, String why, Instant now) {
        TrainingJob job = this;
        if (!steps.isEmpty() && !steps.get(steps.size() - 1).state().ended()) {
            StepRecord last = steps.get(steps.size() - 1);
            job = withStep(new StepRecord(last.step(), end, last.by(), last.startedAt(), now, last.figures(), why));
        }
        return job.ended(end, modelVersion, why, now);
    }
}
