package io.leeway.training.store;

import io.leeway.training.Attribution;
import io.leeway.training.AuditLog;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** The audit log in PostgreSQL, where a trigger keeps it append-only. */
@ApplicationScoped
class AuditStore implements AuditLog {
    private final Rows rows;
    private final Clock clock;

    AuditStore(Rows rows, Clock clock) {
        this.rows = rows;
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
}
