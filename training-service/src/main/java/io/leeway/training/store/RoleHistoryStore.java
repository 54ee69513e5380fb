package io.leeway.training.store;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.RoleChange;
import io.leeway.contracts.rest.RoleHolder;
import io.leeway.training.Page;
import io.leeway.training.RoleHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history of roles in PostgreSQL. */
@ApplicationScoped
class RoleHistoryStore implements RoleHistory {
    private final RoleHistoryRows rows;

    RoleHistoryStore(RoleHistoryRows rows) {
        this.rows = rows;
    }

    @Override
    @Transactional
    public List<RoleChange> page(String loop, Optional<ModelRole> role, Page page) {
        List<RoleHistoryEntity> found = role.isPresent()
                ? Keyset.byNumber(
                        rows,
                        "id",
                        page,
                        "loop = ?1 and role = ?2",
                        loop,
                        role.get().word())
                : Keyset.byNumber(rows, "id", page, "loop = ?1", loop);
        return found.stream().map(RoleHistoryStore::change).toList();
    }

    @Override
    @Transactional
    public Optional<RoleHolder> at(String loop, ModelRole role, Instant time) {
        if (rows.count("loop", loop) == 0) {
            return Optional.empty();
        }
        Optional<RoleHistoryEntity> then = rows.find(
                        "loop = ?1 and role = ?2 and at <= ?3 order by id desc", loop, role.word(), time)
                .firstResultOptional();
        Instant until = rows.find("loop = ?1 and role = ?2 and at > ?3 order by id", loop, role.word(), time)
                .firstResultOptional()
                .map(next -> next.at)
                .orElse(null);
        return Optional.of(
                then.map(row -> new RoleHolder(loop, role.word(), time, row.version, row.at, until, row.who, row.why))
                        .orElse(new RoleHolder(loop, role.word(), time, null, null, until, null, null)));
    }

    @Override
    @Transactional
    public Map<Long, Instant> lastHeld(String loop) {
        Map<Long, Instant> last = new HashMap<>();
        for (RoleHistoryEntity row : rows.list("loop = ?1 order by id", loop)) {
            if (row.version != null) {
                last.put(row.version, row.at);
            }
            if (row.previous != null) {
                last.put(row.previous, row.at);
            }
        }
        return last;
    }

    private static RoleChange change(RoleHistoryEntity row) {
        return new RoleChange(row.id, row.loop, row.role, row.version, row.previous, row.at, row.who, row.why);
    }
}
