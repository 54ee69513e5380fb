package io.leeway.training;

import io.leeway.contracts.StepRecord;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Saves how far a job is and tells it on the training-events topic, in one transaction. Thread safe. */
@ApplicationScoped
class JobJournal {
    private final Jobs jobs;
    private final Outbox outbox;
    private final EventIds ids;
    private final Clock clock;

    JobJournal(Jobs jobs, Outbox outbox, EventIds ids, Clock clock) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws LostJobException if the owner does not hold the job any more */
    @Transactional
    void step(TrainingJob job, String owner, StepRecord step) {
        save(job, owner);
        Map<String, Object> figures = new LinkedHashMap<>(step.figures());
        figures.put("step", step.step());
        figures.put("state", step.state());
        tell(job, TrainingEventType.STEP, null, figures, step.message());
    }

    /** Saves without telling, for progress within a step. */
    @Transactional
    void progress(TrainingJob job, String owner) {
        save(job, owner);
    }

    @Transactional
    void failed(TrainingJob job, String owner) {
        save(job, owner);
        tell(job, TrainingEventType.FAILED, null, null, job.message());
    }

    /** Lets go of the job until then. */
    @Transactional
    void retry(TrainingJob job, String owner, Instant at) {
        if (!jobs.retry(job, owner, at)) {
            throw new LostJobException(job.jobId());
        }
        tell(job, TrainingEventType.RETRIED, null, null, job.message());
    }

    /** Part of the caller's transaction. */
    void save(TrainingJob job, String owner) {
        if (!jobs.save(job, owner)) {
            throw new LostJobException(job.jobId());
        }
    }

    /** Part of the caller's transaction. */
    void tell(TrainingJob job, TrainingEventType type, Long version, Map<String, Object> figures, String message) {
        outbox.add(OutboxEvent.training(new TrainingEvent(
                ids.next(), job.loop(), job.jobId(), clock.instant(), type, version, figures, message, null)));
    }
}
