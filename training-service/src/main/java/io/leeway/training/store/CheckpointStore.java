package io.leeway.training.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Checkpoint;
import io.leeway.training.Checkpoints;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkpoints in PostgreSQL. */
@ApplicationScoped
class CheckpointStore implements Checkpoints {
    private static final String COLUMNS =
            "loop, version, feedbacks, since, cast(offsets as text), sha256, size_bytes, created_at, cast(figures as text)";
    private static final String ADD = """
            insert into {h-schema}checkpoints
                (loop, version, feedbacks, since, offsets, sha256, size_bytes, created_at, figures, bytes)
            values (?1, ?2, ?3, ?4, cast(?5 as jsonb), ?6, ?7, ?8, cast(?9 as jsonb), ?10)
            on conflict (loop, version, feedbacks) do update set since = excluded.since, offsets = excluded.offsets,
                sha256 = excluded.sha256, size_bytes = excluded.size_bytes, created_at = excluded.created_at,
                figures = excluded.figures, bytes = excluded.bytes, taken_back = false""";
    private static final String PAGE = "select " + COLUMNS
            + " from {h-schema}checkpoints where loop = ?1 and created_at < ?2 order by created_at desc limit ?3";
    private static final String SERVING = "select " + COLUMNS + """
             from {h-schema}checkpoints c where loop = ?1 and version = ?2 and not taken_back and created_at >= (
                select max(at) from {h-schema}role_history h where h.loop = c.loop and h.role = 'champion')
            order by created_at desc limit 1""";
    private static final String TAKE_BACK =
            "update {h-schema}checkpoints set taken_back = true where loop = ?1 and version = ?2 and not taken_back";
    private static final String ARTIFACT =
            "select bytes from {h-schema}checkpoints where loop = ?1 and version = ?2 and feedbacks = ?3";
    private static final String PRUNE = """
            delete from {h-schema}checkpoints c using (
                select version, feedbacks, created_at, row_number() over newest as place,
                    sum(size_bytes) over newest as bytes
                from {h-schema}checkpoints where loop = ?1 window newest as (order by created_at desc)) old
            where c.loop = ?1 and c.version = old.version and c.feedbacks = old.feedbacks and old.place > 1
                and (old.created_at < ?2 or old.bytes > ?3)""";

    private final EntityManager entities;

    CheckpointStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(Checkpoint checkpoint, byte[] artifact) {
        entities.createNativeQuery(ADD)
                .setParameter(1, checkpoint.loop())
                .setParameter(2, checkpoint.modelVersion())
                .setParameter(3, checkpoint.feedbacks())
                .setParameter(4, checkpoint.since())
                .setParameter(5, Json.text(checkpoint.offsets()))
                .setParameter(6, checkpoint.sha256())
                .setParameter(7, checkpoint.sizeBytes())
                .setParameter(8, checkpoint.createdAt())
                .setParameter(9, Json.text(checkpoint.figures()))
                .setParameter(10, artifact)
                .executeUpdate();
    }

    @Override
    @Transactional
    public Optional<Checkpoint> serving(String loop, long version) {
        return entities.createNativeQuery(SERVING, Object[].class)
                .setParameter(1, loop)
                .setParameter(2, version)
                .getResultStream()
                .findFirst()
                .map(row -> checkpoint((Object[]) row));
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void takeBack(String loop, long version) {
        entities.createNativeQuery(TAKE_BACK)
                .setParameter(1, loop)
                .setParameter(2, version)
                .executeUpdate();
    }

    @Override
    @Transactional
    public List<Checkpoint> page(String loop, int limit, Instant before) {
        List<?> rows = entities.createNativeQuery(PAGE, Object[].class)
                .setParameter(1, loop)
                .setParameter(2, before)
                .setParameter(3, limit)
                .getResultList();
        return rows.stream().map(row -> checkpoint((Object[]) row)).toList();
    }

    @Override
    @Transactional
    public Optional<byte[]> artifact(String loop, long version, long feedbacks) {
        return entities.createNativeQuery(ARTIFACT, byte[].class)
                .setParameter(1, loop)
                .setParameter(2, version)
                .setParameter(3, feedbacks)
                .getResultStream()
                .findFirst()
                .map(bytes -> (byte[]) bytes);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void prune(String loop, Instant before, long mostBytes) {
        entities.createNativeQuery(PRUNE)
                .setParameter(1, loop)
                .setParameter(2, before)
                .setParameter(3, mostBytes)
                .executeUpdate();
    }

    private static Checkpoint checkpoint(Object[] row) {
        return new Checkpoint(
                (String) row[0],
                ((Number) row[1]).longValue(),
                ((Number) row[2]).longValue(),
                ((Number) row[3]).longValue(),
                read((String) row[4], new TypeReference<Map<String, Long>>() {}),
                (String) row[5],
                ((Number) row[6]).longValue(),
                (Instant) row[7],
                read((String) row[8], new TypeReference<Map<String, Object>>() {}));
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be JSON of a checkpoint: " + json, e);
        }
    }
}
