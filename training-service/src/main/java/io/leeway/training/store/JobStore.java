package io.leeway.training.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.training.Jobs;
import io.leeway.training.TrainingJob;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The queue of jobs in PostgreSQL. */
@ApplicationScoped
class JobStore implements Jobs {
    /** A job whose loop has another one running must wait, even if that one's lease has ended: that one goes first. */
    private static final String CLAIMABLE = """
            select j.* from {h-schema}jobs j
            where (j.state = 'waiting' or (j.state = 'running' and j.lease_until < ?1))
            and not exists (
                select 1 from {h-schema}jobs r where r.loop = j.loop and r.state = 'running' and r.id <> j.id)
            order by j.requested_at, j.id limit 1 for update of j skip locked""";

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
    public List<TrainingJob> page(Optional<String> loop, int limit, Optional<String> before) {
        // Ids are UUIDs of version 7: their order is the order of the requests. "~" sorts after all of them.
        String below = before.orElse("~");
        var query = loop.isPresent()
                ? rows.find("loop = ?1 and id < ?2 order by id desc", loop.get(), below)
                : rows.find("id < ?1 order by id desc", below);
        return query.page(0, limit).stream().map(JobStore::job).toList();
    }

    @Override
    @Transactional
    public Optional<String> ofRequest(String requestId) {
        return requests.findByIdOptional(requestId).map(row -> row.jobId);
    }

    @Override
    @Transactional
    public Optional<TrainingJob> newest(String loop) {
        return page(Optional.of(loop), 1, Optional.empty()).stream().findFirst();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<TrainingJob> waiting(String loop) {
        return rows.find("loop = ?1 and state = 'waiting'", loop)
                .withLock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
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
        JobEntity row = rows.findById(job.jobId(), jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
        if (row == null || !owner.equals(row.leaseOwner) || !row.state.equals(word(StepState.RUNNING))) {
            return false;
        }
        fill(row, job);
        if (job.state().ended()) {
            row.leaseOwner = null;
            row.leaseUntil = null;
        }
        return true;
    }

    private static void fill(JobEntity row, TrainingJob job) {
        row.request = Json.text(job.request());
        row.state = word(job.state());
        row.requestedAt = job.requestedAt();
        row.startedAt = job.startedAt();
        row.endedAt = job.endedAt();
        row.attempts = job.attempts();
        row.modelVersion = job.modelVersion();
        row.message = job.message();
        row.steps = Json.text(job.steps());
    }

    private static TrainingJob job(JobEntity row) {
        return new TrainingJob(
                row.id,
                Json.read(row.request, RetrainRequest.class),
                StepState.valueOf(row.state.toUpperCase(Locale.ROOT)),
                row.requestedAt,
                row.startedAt,
                row.endedAt,
                row.attempts,
                row.modelVersion,
                row.message,
                steps(row.steps));
    }

    private static List<StepRecord> steps(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<List<StepRecord>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be steps: steps=" + json, e);
        }
    }

    private static String word(StepState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
