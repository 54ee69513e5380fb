package io.leeway.training;

import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.JobProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A job that runs on this instance, and the step it is at. Used by the job's own thread. */
final class RunningJob {
    private static final Duration BETWEEN_PROGRESS = Duration.ofMillis(400);
    private static final String BY = "training-service";

    private final String owner;
    private final JobJournal journal;
    private final Clock clock;
    private TrainingJob job;
    private StepName step;
    private Instant stepStartedAt;
    private Instant lastProgress = Instant.MIN;

    RunningJob(TrainingJob job, String owner, JobJournal journal, Clock clock) {
        this.job = job;
        this.owner = owner;
        this.journal = journal;
        this.clock = clock;
    }

    TrainingJob job() {
        return job;
    }

    String owner() {
        return owner;
    }

    void begin(StepName next, String message) {
        step = next;
        stepStartedAt = clock.instant();
        lastProgress = Instant.MIN;
        StepRecord record = record(StepState.RUNNING, null, Map.of(), message);
        job = job.withStep(record);
        journal.step(job, owner, record);
    }

    /** Says what the step is doing; now and then this is saved. */
    void progress(String message, Map<String, Object> figures) {
        Instant now = clock.instant();
        job = job.withStep(record(StepState.RUNNING, null, figures, message));
        if (lastProgress.equals(Instant.MIN) || now.isAfter(lastProgress.plus(BETWEEN_PROGRESS))) {
            lastProgress = now;
            journal.progress(job, owner);
        }
    }

    void end(Map<String, Object> figures, String message) {
        StepRecord record = ended(StepState.DONE, figures, message);
        journal.step(job, owner, record);
    }

    /** Ends the step without saving it; whoever ends the job saves both. */
    StepRecord ended(StepState state, Map<String, Object> figures, String message) {
        StepRecord record = record(state, clock.instant(), figures, message);
        job = job.withStep(record);
        step = null;
        return record;
    }

    /** Ends the job as failed, the step that it is at included. */
    void fail(String message) {
        if (step != null) {
            StepRecord record = ended(StepState.FAILED, Map.of(), message);
            journal.step(job, owner, record);
        }
        job = job.ended(StepState.FAILED, null, message, clock.instant());
        journal.failed(job, owner);
    }

    /** Ends the step and lets go of the job, which is tried again then. */
    void retry(String message, Instant at) {
        if (step != null) {
            StepRecord record = ended(StepState.FAILED, Map.of(), message);
            journal.step(job, owner, record);
        }
        job = job.retriedAt(at, message);
        journal.retry(job, owner, at);
    }

    /** The loss of an epoch that has ended; saved with the progress that is told next. */
    void loss(JobProgress.Loss loss) {
        job = job.withLoss(loss);
    }

    void finished(TrainingJob end) {
        job = end;
    }

    private StepRecord record(StepState state, Instant endedAt, Map<String, Object> figures, String message) {
        return new StepRecord(step, state, BY, stepStartedAt, endedAt, figures, message);
    }
}
