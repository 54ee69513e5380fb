package io.leeway.training.store;

import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.JobProgress;
import io.leeway.training.Jobs;
import io.leeway.training.Page;
import io.leeway.training.TrainingJob;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The queue of jobs in PostgreSQL. */
@ApplicationScoped
class JobStore implements Jobs {
    /** A job whose loop has another one running must wait, even if that one's lease has ended: that one goes first. */
    private static final String CLAIMABLE = """
            select j.* from {h-schema}jobs j
            where (j.state = 'waiting' or (j.state = 'running' and j.lease_until < ?1))
            and not exists (
                select 1 from {h-schema}jobs r where r.loop = j.loop and r.state = 'running' and r.id <> j.id)
            order by j.requested_at - j.priority * interval '10 minutes', j.id limit 1 for update of j skip locked""";

    private final Rows rows;
    private final RequestRows requests;
    private final EntityManager entities;

    JobStore(Rows rows, RequestRows requests, EntityManager entities) {
        this.rows = rows;
        this.requests = requests;
        this.entities = entities;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<JobEntity, String> {}

    @ApplicationScoped
    static class RequestRows implements PanacheRepositoryBase<RetrainRequestEntity, String> {}

    @Override
    @Transactional
    public Optional<TrainingJob> find(String jobId) {
        return rows.findByIdOptional(jobId).map(JobStore::job);
    }

    @Override
    @Transactional
    public List<TrainingJob> page(Optional<String> loop, Page page) {
        // Ids are UUIDs of version 7: their order is the order of the requests.
        List<JobEntity> found = loop.isPresent()
                ? Keyset.byText(rows, "id", page, "loop = ?1", loop.get())
                : Keyset.byText(rows, "id", page, "1 = 1");
        return found.stream().map(JobStore::job).toList();
    }

    @Override
    @Transactional
    public Optional<String> ofRequest(String requestId) {
        return requests.findByIdOptional(requestId).map(row -> row.jobId);
    }

    @Override
    @Transactional
    public Optional<TrainingJob> newest(String loop) {
        return page(Optional.of(loop), Page.first(1)).stream().findFirst();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<TrainingJob> waiting(String loop) {
        return rows.find("loop = ?1 and state = 'waiting'", loop)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .map(JobStore::job);
    }

    @Override
    @Transactional
    public long countOf(String loop) {
        return rows.count("loop", loop);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(TrainingJob job) {
        JobEntity row = new JobEntity();
        row.id = job.jobId();
        row.loop = job.loop();
        fill(row, job);
        rows.persistAndFlush(row);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void replace(TrainingJob job) {
        fill(rows.findById(job.jobId()), job);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void remember(RetrainRequest request, String jobId, boolean merged, Instant now) {
        RetrainRequestEntity row = new RetrainRequestEntity();
        row.requestId = request.requestId();
        row.loop = request.loop();
        row.jobId = jobId;
        row.merged = merged;
        row.receivedAt = now;
        requests.persist(row);
    }

    @Override
    @Transactional
    public Optional<TrainingJob> claim(String owner, Instant now, Instant leaseUntil) {
        List<?> found = entities.createNativeQuery(CLAIMABLE, JobEntity.class)
                .setParameter(1, now)
                .getResultList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JobEntity row = (JobEntity) found.get(0);
        TrainingJob begun = job(row).begun(now);
        fill(row, begun);
        row.leaseOwner = owner;
        row.leaseUntil = leaseUntil;
        return Optional.of(begun);
    }

    @Override
    @Transactional
    public boolean extend(String jobId, String owner, Instant leaseUntil) {
        return rows.update(
                        "leaseUntil = ?1 where id = ?2 and leaseOwner = ?3 and state = 'running'",
                        leaseUntil,
                        jobId,
                        owner)
                == 1;
    }

    @Override
    @Transactional
    public void giveBack(String jobId, String owner, Instant now) {
        rows.update(
                "leaseUntil = ?1, attempts = attempts - 1 where id = ?2 and leaseOwner = ?3 and state = 'running'",
                now,
                jobId,
                owner);
    }

    @Override
    @Transactional
    public boolean save(TrainingJob job, String owner) {
        JobEntity row = rows.findById(job.jobId(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || !owner.equals(row.leaseOwner) || !row.state.equals("running")) {
            return false;
        }
        fill(row, job);
        if (job.state().ended()) {
            row.leaseOwner = null;
            row.leaseUntil = null;
        }
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean retry(TrainingJob job, String owner, Instant at) {
        if (!save(job, owner)) {
            return false;
        }
        JobEntity row = rows.findById(job.jobId());
        row.leaseOwner = null;
        row.leaseUntil = at;
        return true;
    }

    @Override
    @Transactional
    public Set<String> holding(Set<String> owners) {
        return rows.find("leaseOwner in ?1 and state = 'running'", owners).stream()
                .map(row -> row.leaseOwner)
                .collect(Collectors.toSet());
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<TrainingJob> lock(String jobId) {
        JobEntity row = rows.findById(jobId);
        if (row == null) {
            return Optional.empty();
        }
        try {
            // What this transaction has read before may be old: a lock alone does not read it again.
            entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
            return Optional.of(job(row));
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void stop(TrainingJob ended) {
        JobEntity row = rows.findById(ended.jobId());
        fill(row, ended);
        row.leaseOwner = null;
        row.leaseUntil = null;
    }

    @Override
    @Transactional
    public List<TrainingJob> late(Instant now) {
        return rows.find("deadline < ?1 and state in ('waiting', 'running')", now).stream()
                .map(JobStore::job)
                .toList();
    }

    private static void fill(JobEntity row, TrainingJob job) {
        row.request = Json.text(job.request());
        row.state = JsonColumn.word(job.state());
        row.requestedAt = job.requestedAt();
        row.startedAt = job.startedAt();
        row.endedAt = job.endedAt();
        row.attempts = job.attempts();
        row.modelVersion = job.modelVersion();
        row.message = job.message();
        row.steps = Json.text(job.steps());
        row.priority = job.request().urgency();
        row.deadline = job.request().deadline();
        row.retryAt = job.retryAt();
        row.losses = Json.text(job.losses());
    }

    private static TrainingJob job(JobEntity row) {
        return new TrainingJob(
                row.id,
                Json.read(row.request, RetrainRequest.class),
                JsonColumn.constant(StepState.class, row.state),
                row.requestedAt,
                row.startedAt,
                row.endedAt,
                row.attempts,
                row.modelVersion,
                row.message,
                JsonColumn.list(row.steps, StepRecord.class),
                row.retryAt,
                JsonColumn.list(row.losses, JobProgress.Loss.class));
    }
}
