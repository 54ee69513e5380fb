package io.leeway.training.store;

import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Lineage;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.training.Attribution;
import io.leeway.training.Page;
import io.leeway.training.VersionFilter;
import io.leeway.training.Versions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Model versions, artifacts and roles in PostgreSQL. */
@ApplicationScoped
class VersionStore implements Versions {
    private static final String LAST_NUMBER = """
        select greatest(
            (select coalesce(max(version), 0) from {h-schema}versions where loop = ?1),
            (select coalesce(max(last_version), 0) from {h-schema}deleted_loops where name = ?1))\
        """;

    private static final String RESERVE = """
            insert into {h-schema}deleted_loops as d (name, deleted_at, last_version, feedback_offsets)
            values (?1, ?2, ?3, cast('{}' as jsonb))
            on conflict (name) do update set last_version = greatest(d.last_version, excluded.last_version)""";
    private static final String TAG = """
            insert into {h-schema}version_tags (loop, version, name, value) values (?1, ?2, ?3, ?4)
            on conflict (loop, version, name) do update set value = excluded.value""";
    private static final String TAGS =
            "select version, name, value from {h-schema}version_tags where loop = :loop and version in (:versions)";
    private static final String KEPT = """
            select v.version from {h-schema}versions v join {h-schema}artifacts a on a.loop = v.loop and a.version = v.version
            where v.loop = ?1 and v.created_at < ?2 order by v.version desc""";

    private final Rows rows;
    private final ArtifactRows artifacts;
    private final RoleRows roles;
    private final RoleHistoryRows history;
    private final EntityManager entities;
    private final Clock clock;

    VersionStore(
            Rows rows,
            ArtifactRows artifacts,
            RoleRows roles,
            RoleHistoryRows history,
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

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public long nextNumber(String loop) {
        Object last =
                entities.createNativeQuery(LAST_NUMBER).setParameter(1, loop).getSingleResult();
        return ((Number) last).longValue() + 1;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void reserve(String loop, long version) {
        if (version >= nextNumber(loop)) {
            entities.createNativeQuery(RESERVE)
                    .setParameter(1, loop)
                    .setParameter(2, clock.instant())
                    .setParameter(3, version)
                    .executeUpdate();
        }
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
        row.lineage = JsonColumn.textOrNull(version.lineage());
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
        return rows.findByIdOptional(new VersionKey(loop, version))
                .map(row -> versions(List.of(row)).get(0));
    }

    @Override
    @Transactional
    public Optional<ModelVersion> ofJob(String jobId) {
        return rows.find("jobId", jobId).firstResultOptional().map(row -> versions(List.of(row))
                .get(0));
    }

    @Override
    @Transactional
    public List<ModelVersion> page(String loop, VersionFilter filter, Page page) {
        return versions(new VersionSearch(loop, filter, page).list(entities));
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
        entry.at = notBeforeTheLast(loop);
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

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void tag(String loop, long version, String name, String value) {
        Query change = value == null
                ? entities.createNativeQuery(
                        "delete from {h-schema}version_tags where loop = ?1 and version = ?2 and name = ?3")
                : entities.createNativeQuery(TAG).setParameter(4, value);
        change.setParameter(1, loop)
                .setParameter(2, version)
                .setParameter(3, name)
                .executeUpdate();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void expire(String loop, long version) {
        entities.createNativeQuery("delete from {h-schema}artifacts where loop = ?1 and version = ?2")
                .setParameter(1, loop)
                .setParameter(2, version)
                .executeUpdate();
        entities.createNativeQuery("insert into {h-schema}expired_artifacts (loop, version, at) values (?1, ?2, ?3)")
                .setParameter(1, loop)
                .setParameter(2, version)
                .setParameter(3, clock.instant())
                .executeUpdate();
    }

    @Override
    @Transactional
    public List<Long> withArtifacts(String loop, Instant before) {
        return entities.createNativeQuery(KEPT, Long.class)
                .setParameter(1, loop)
                .setParameter(2, before)
                .getResultList();
    }

    /** "Who was champion at that time" wants changes in the order of time, though instances' clocks may differ. */
    private Instant notBeforeTheLast(String loop) {
        Instant now = clock.instant();
        return history.find("loop = ?1 order by id desc", loop)
                .firstResultOptional()
                .map(last -> last.at)
                .filter(last -> last.isAfter(now))
                .orElse(now);
    }

    private List<ModelVersion> versions(List<VersionEntity> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        String loop = found.get(0).loop;
        Map<ModelRole, Long> held = roles(loop);
        Map<Long, Map<String, String>> tags =
                tags(loop, found.stream().map(row -> row.version).toList());
        return found.stream()
                .map(row -> version(row, held, tags.getOrDefault(row.version, Map.of())))
                .toList();
    }

    private Map<Long, Map<String, String>> tags(String loop, List<Long> versions) {
        Map<Long, Map<String, String>> tags = new HashMap<>();
        for (Object row : entities.createNativeQuery(TAGS, Object[].class)
                .setParameter("loop", loop)
                .setParameter("versions", versions)
                .getResultList()) {
            Object[] tag = (Object[]) row;
            tags.computeIfAbsent(((Number) tag[0]).longValue(), number -> new TreeMap<>())
                    .put((String) tag[1], (String) tag[2]);
        }
        return tags;
    }

    private static ModelVersion version(VersionEntity row, Map<ModelRole, Long> held, Map<String, String> tags) {
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
                JsonColumn.object(row.metrics),
                JsonColumn.list(row.gates, GateVerdict.class),
                JsonColumn.object(row.provenance),
                tags,
                JsonColumn.orNull(row.lineage, Lineage.class));
    }
}
