package io.leeway.training;

import io.leeway.contracts.StepState;
import io.leeway.contracts.TrainingEventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/**
 * Ends jobs from outside: one that a person does not want any more, or one that is past its deadline. Whoever runs it finds within
 * moments that it does not hold it any more; what it has not registered by then it cannot register. Thread safe.
 */
@ApplicationScoped
public class StopJobs {
    private final Loops loops;
    private final Jobs jobs;
    private final JobJournal journal;
    private final AuditLog audit;
    private final Clock clock;

    StopJobs(Loops loops, Jobs jobs, JobJournal journal, AuditLog audit, Clock clock) {
        this.loops = loops;
        this.jobs = jobs;
        this.journal = journal;
        this.audit = audit;
        this.clock = clock;
    }

    /** One that is cancelled already stays so; one that has ended otherwise is refused. */
    @Transactional
    public TrainingJob cancel(String jobId, Attribution by) {
        TrainingJob job = locked(jobId);
        if (job.state() == StepState.CANCELLED) {
            return job;
        }
        if (job.state().ended()) {
            throw RegistryException.conflict("must not have ended: jobId=" + jobId + ", state="
                    + job.state().name().toLowerCase(java.util.Locale.ROOT));
        }
        String why = "cancelled by " + by.who() + (by.why() == null ? "" : ": " + by.why());
        TrainingJob ended = job.stopped(StepState.CANCELLED, why, clock.instant());
        jobs.stop(ended);
        audit.add(job.loop(), "cancelled job " + jobId, by);
        journal.tell(ended, TrainingEventType.CANCELLED, null, null, why);
        return ended;
    }

    /** Gives up a job if its deadline has passed. */
    @Transactional
    public void giveUpIfLate(String jobId) {
        TrainingJob job = locked(jobId);
        Instant now = clock.instant();
        Instant deadline = job.request().deadline();
        if (job.state().ended() || deadline == null || now.isBefore(deadline)) {
            return;
        }
        String why = "given up: its deadline has passed, " + deadline;
        TrainingJob ended = job.stopped(StepState.FAILED, why, now);
        jobs.stop(ended);
        journal.tell(ended, TrainingEventType.FAILED, null, null, why);
    }

    /** The loop first, as everybody does who changes both. */
    private TrainingJob locked(String jobId) {
        String loop = jobs.find(jobId).map(TrainingJob::loop).orElseThrow(() -> RegistryException.unknownJob(jobId));
        loops.lock(loop);
        return jobs.lock(jobId).orElseThrow(() -> RegistryException.unknownJob(jobId));
    }
}
