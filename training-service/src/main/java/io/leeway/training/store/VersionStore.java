package io.leeway.training.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.training.Attribution;
import io.leeway.training.Versions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Model versions, artifacts and roles in PostgreSQL. */
@ApplicationScoped
class VersionStore implements Versions {
    private static final String LAST_NUMBER = """
        select greatest(
            (select coalesce(max(version), 0) from {h-schema}versions where loop = ?1),
            (select coalesce(max(last_version), 0) from {h-schema}deleted_loops where name = ?1))\
        """;

    private final Rows rows;
    private final ArtifactRows artifacts;
    private final RoleRows roles;
    private final HistoryRows history;
    private final EntityManager entities;
    private final Clock clock;

    VersionStore(
            Rows rows,
            ArtifactRows artifacts,
            RoleRows roles,
            HistoryRows history,
            EntityManager entities,
            Clock clock) {
        this.rows = rows;
        this.artifacts = artifacts;
        this.roles = roles;
        this.history = history;
        this.entities = entities;
        this.clock = clock;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<VersionEntity, VersionKey> {}

    @ApplicationScoped
    static class ArtifactRows implements PanacheRepositoryBase<ArtifactEntity, VersionKey> {}

    @ApplicationScoped
    static class RoleRows implements PanacheRepositoryBase<RoleEntity, RoleKey> {}

    @ApplicationScoped
    static class HistoryRows implements PanacheRepositoryBase<RoleHistoryEntity, Long> {}

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public long nextNumber(String loop) {
        Object last =
                entities.createNativeQuery(LAST_NUMBER).setParameter(1, loop).getSingleResult();
        return ((Number) last).longValue() + 1;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(ModelVersion version, byte[] artifact) {
        VersionEntity row = new VersionEntity();
        row.loop = version.loop();
        row.version = version.version();
        row.learner = version.learner();
        row.jobId = version.jobId();
        row.createdAt = version.createdAt();
        row.sha256 = version.sha256();
        row.weightsSha256 = version.weightsSha256();
        row.sizeBytes = version.sizeBytes();
        row.metrics = Json.text(version.metrics());
        row.gates = Json.text(version.gates());
        row.provenance = Json.text(version.provenance());
        rows.persist(row);
        ArtifactEntity bytes = new ArtifactEntity();
        bytes.loop = version.loop();
        bytes.version = version.version();
        bytes.bytes = artifact;
        artifacts.persist(bytes);
        rows.flush();
    }

    @Override
    @Transactional
    public Optional<ModelVersion> find(String loop, long version) {
        Map<ModelRole, Long> held = roles(loop);
        return rows.findByIdOptional(new VersionKey(loop, version)).map(row -> version(row, held));
    }

    @Override
    @Transactional
    public Optional<ModelVersion> ofJob(String jobId) {
        return rows.find("jobId", jobId).firstResultOptional().map(row -> version(row, roles(row.loop)));
    }

    @Override
    @Transactional
    public List<ModelVersion> page(String loop, int limit, long before) {
        Map<ModelRole, Long> held = roles(loop);
        return rows.find("loop = ?1 and version < ?2 order by version desc", loop, before).page(0, limit).stream()
                .map(row -> version(row, held))
                .toList();
    }

    @Override
    @Transactional
    public long count(String loop) {
        return rows.count("loop", loop);
    }

    @Override
    @Transactional
    public Optional<byte[]> artifact(String loop, long version) {
        return artifacts.findByIdOptional(new VersionKey(loop, version)).map(row -> row.bytes);
    }

    @Override
    @Transactional
    public Map<ModelRole, Long> roles(String loop) {
        Map<ModelRole, Long> held = new EnumMap<>(ModelRole.class);
        roles.list("loop", loop).forEach(row -> held.put(ModelRole.of(row.role), row.version));
        return held;
    }

    @Override
    @Transactional
    public List<Long> champions(String loop) {
        return history.find("loop = ?1 and role = ?2 order by id", loop, ModelRole.CHAMPION.word()).stream()
                .map(row -> row.version)
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void assign(String loop, ModelRole role, Long version, Attribution by) {
        RoleEntity held = roles.findById(new RoleKey(loop, role.word()));
        RoleHistoryEntity entry = new RoleHistoryEntity();
        entry.loop = loop;
        entry.role = role.word();
        entry.version = version;
        entry.previous = held == null ? null : held.version;
        entry.at = clock.instant();
        entry.who = by.who();
        entry.why = by.why();
        history.persist(entry);
        if (version == null) {
            if (held != null) {
                roles.delete(held);
            }
            return;
        }
        RoleEntity row = held == null ? new RoleEntity() : held;
        row.loop = loop;
        row.role = role.word();
        row.version = version;
        row.since = entry.at;
        roles.persist(row);
    }

    private static ModelVersion version(VersionEntity row, Map<ModelRole, Long> held) {
        List<String> roles = held.entrySet().stream()
                .filter(entry -> entry.getValue() == row.version)
                .map(entry -> entry.getKey().word())
                .toList();
        return new ModelVersion(
                row.loop,
                row.version,
                row.learner,
                roles,
                row.jobId,
                row.createdAt,
                row.sha256,
                row.weightsSha256,
                row.sizeBytes,
                json(row.metrics, new TypeReference<Map<String, Object>>() {}),
                json(row.gates, new TypeReference<List<GateVerdict>>() {}),
                json(row.provenance, new TypeReference<Map<String, Object>>() {}));
    }

    private static <T> T json(String text, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be " + type.getType() + ": json=" + text, e);
        }
    }
}
