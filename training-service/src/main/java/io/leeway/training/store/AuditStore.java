package io.leeway.training.store;

import static io.leeway.training.ChainLink.micros;

import io.leeway.contracts.rest.AuditEntry;
import io.leeway.training.Attribution;
import io.leeway.training.AuditLog;
import io.leeway.training.ChainLink;
import io.leeway.training.Page;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** The audit log in PostgreSQL, where triggers chain it and keep it append-only. */
@ApplicationScoped
class AuditStore implements AuditLog {
    private static final String IN_ORDER = "loop = ?1 order by position";

    private final Rows rows;
    private final RoleHistoryRows roles;
    private final Clock clock;

    AuditStore(Rows rows, RoleHistoryRows roles, Clock clock) {
        this.rows = rows;
        this.roles = roles;
        this.clock = clock;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<AuditEntity, Long> {}

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(String loop, String what, Attribution by) {
        AuditEntity row = new AuditEntity();
        row.at = clock.instant();
        row.loop = loop;
        row.what = what;
        row.who = by.who();
        row.why = by.why();
        rows.persist(row);
    }

    @Override
    @Transactional
    public List<AuditEntry> page(String loop, Page page) {
        return Keyset.byNumber(rows, "position", page, "loop = ?1", loop).stream()
                .map(row -> new AuditEntry(row.loop, row.position, row.at, row.what, row.who, row.why, row.sha256))
                .toList();
    }

    @Override
    @Transactional
    public List<ChainLink> entries(String loop) {
        return rows.find(IN_ORDER, loop).stream()
                .map(row -> ChainLink.of(
                        row.position,
                        row.previousSha256,
                        row.sha256,
                        row.loop,
                        text(row.position),
                        micros(row.at),
                        row.what,
                        row.who,
                        row.why))
                .toList();
    }

    @Override
    @Transactional
    public List<ChainLink> roles(String loop) {
        return roles.find(IN_ORDER, loop).stream()
                .map(row -> ChainLink.of(
                        row.position,
                        row.previousSha256,
                        row.sha256,
                        row.loop,
                        text(row.position),
                        micros(row.at),
                        row.role,
                        text(row.version),
                        text(row.previous),
                        row.who,
                        row.why))
                .toList();
    }

    private static String text(Long number) {
        return number == null ? null : number.toString();
    }
}
