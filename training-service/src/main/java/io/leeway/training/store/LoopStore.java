package io.leeway.training.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Canary;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.training.Loops;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loops in PostgreSQL. */
@ApplicationScoped
class LoopStore implements Loops {
    private static final TypeReference<Map<Integer, Long>> OFFSETS = new TypeReference<>() {};
    private static final List<String> TABLES_OF_A_LOOP = List.of(
            "jobs",
            "retrain_requests",
            "versions",
            "artifacts",
            "version_tags",
            "expired_artifacts",
            "roles",
            "volumes",
            "rollouts");

    private final Rows rows;
    private final DeletedRows deletedRows;
    private final EntityManager entities;

    LoopStore(Rows rows, DeletedRows deletedRows, EntityManager entities) {
        this.rows = rows;
        this.deletedRows = deletedRows;
        this.entities = entities;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<LoopEntity, String> {}

    @ApplicationScoped
    static class DeletedRows implements PanacheRepositoryBase<DeletedLoopEntity, String> {}

    @Override
    @Transactional
    public Optional<Loop> find(String name) {
        return rows.findByIdOptional(name).map(LoopStore::loop);
    }

    @Override
    @Transactional
    public List<Loop> all() {
        return rows.listAll(Sort.by("name")).stream().map(LoopStore::loop).toList();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Loop> lockIfThere(String name) {
        return rows.findByIdOptional(name, LockModeType.PESSIMISTIC_WRITE).map(LoopStore::loop);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void create(Loop loop) {
        LoopEntity row = new LoopEntity();
        row.name = loop.name();
        fill(row, loop);
        rows.persistAndFlush(row);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void update(Loop loop) {
        fill(rows.findById(loop.name()), loop);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void delete(String name, Map<Integer, Long> feedbackOffsets, Instant at) {
        Object last = entities.createNativeQuery(
                        "select coalesce(max(version), 0) from {h-schema}versions where loop = ?1")
                .setParameter(1, name)
                .getSingleResult();
        DeletedLoopEntity row = deletedRows.findByIdOptional(name).orElseGet(DeletedLoopEntity::new);
        row.name = name;
        row.deletedAt = at;
        row.lastVersion = Math.max(row.lastVersion, ((Number) last).longValue());
        row.feedbackOffsets = Json.text(feedbackOffsets);
        deletedRows.persistAndFlush(row);
        for (String table : TABLES_OF_A_LOOP) {
            entities.createNativeQuery("delete from {h-schema}" + table + " where loop = ?1")
                    .setParameter(1, name)
                    .executeUpdate();
        }
        rows.deleteById(name);
    }

    @Override
    @Transactional
    public Map<Integer, Long> feedbackFloor(String name) {
        return deletedRows
                .findByIdOptional(name)
                .map(row -> JsonColumn.read(row.feedbackOffsets, OFFSETS))
                .orElse(Map.of());
    }

    private static void fill(LoopEntity row, Loop loop) {
        row.revision = loop.revision();
        row.salt = loop.salt();
        row.settings = Json.text(loop.settings());
        row.freeze = JsonColumn.textOrNull(loop.freeze());
        row.canary = JsonColumn.textOrNull(loop.canary());
        row.createdAt = loop.createdAt();
        row.updatedAt = loop.updatedAt();
    }

    private static Loop loop(LoopEntity row) {
        return new Loop(
                row.name,
                row.revision,
                row.salt,
                Json.read(row.settings, LoopSettings.class),
                JsonColumn.orNull(row.freeze, Freeze.class),
                JsonColumn.orNull(row.canary, Canary.class),
                row.createdAt,
                row.updatedAt,
                null);
    }
}
