package io.leeway.feedback.store;

import io.leeway.contracts.rest.Erasure;
import io.leeway.contracts.rest.ErasureRequest;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.feedback.Erasures;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.TopicCopies;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Erases rows in one transaction. Nobody writes meanwhile, so that nothing of an erased event is on its way past the list of those
 * that must not come back.
 */
@ApplicationScoped
class StoredErasures implements Erasures {
    private static final int CHUNK = 10_000;

    private static final String NEXT_ID = "select nextval(pg_get_serial_sequence('projection.erasure', 'id'))";
    private static final String MARK = """
            insert into projection.erased_event (digest, erasure)
            select distinct projection.digest(?, id), ?::bigint from unnest(?::text[]) as t(id)
            on conflict do nothing""";
    private static final String DELETE = """
            delete from projection.%s r using projection.event e
            where e.loop = ? and e.event_id = any(?)
                and r.event_id = e.event_id and r.loop = e.loop and r.week = e.week""";
    private static final String DELETE_KEYS = "delete from projection.event where loop = ? and event_id = any(?)";
    private static final String SELECT = "select d.event_id from projection.decision d where d.loop = ?";
    private static final String LOG = """
            insert into projection.erasure (id, loop, at, selected_by, reference, events, rows, gone_from_kafka_by)
            overriding system value values (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SNAPSHOTS = """
            select id, loop, query::text, offsets::text, row_count, sha256, first_time, last_time, created_at, erased
            from projection.snapshot where loop = ?""";
    private static final String READ_LOG = """
            select id, loop, at, selected_by, reference, events, rows, gone_from_kafka_by from projection.erasure
            where loop = ? and id < ? order by id desc limit ?""";

    private final DataSource database;
    private final TopicCopies copies;
    private final Clock clock;

    StoredErasures(DataSource database, TopicCopies copies, Clock clock) {
        this.database = database;
        this.copies = copies;
        this.clock = clock;
    }

    @Override
    public Erasure erase(String loop, ErasureRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant goneBy = copies.goneBy(loop, now)
                .map(time -> time.truncatedTo(ChronoUnit.MICROS))
                .orElse(null);
        try (Connection connection = database.getConnection()) {
            Transactions.begin(connection, Connection.TRANSACTION_READ_COMMITTED);
            try {
                Tables.LIVE.enterAlone(connection);
                Erasure erasure = new Run(connection, loop).erase(request, now, goneBy);
                connection.commit();
                return erasure;
            } finally {
                Transactions.end(connection);
            }
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    private static final class Run {
        private final Connection connection;
        private final String loop;
        private final long id;
        private final List<Snapshot> snapshots;
        private long events;
        private long rows;

        Run(Connection connection, String loop) throws SQLException {
            this.connection = connection;
            this.loop = loop;
            this.id = number(new Conditions(NEXT_ID));
            this.snapshots = Sql.read(connection, new Conditions(SNAPSHOTS, loop), StoredSnapshots::snapshot);
        }

        Erasure erase(ErasureRequest request, Instant at, Instant goneBy) throws SQLException {
            if (request.eventIds() != null) {
                erase(request.eventIds());
            } else {
                eraseByContext(request);
            }
            String selectedBy = request.eventIds() != null ? "eventIds" : request.contextPath();
            Conditions log = new Conditions(LOG, id, loop, Conditions.time(at), selectedBy)
                    .parameter(request.reference())
                    .parameter(events)
                    .parameter(rows)
                    .parameter(goneBy == null ? null : Conditions.time(goneBy));
            Sql.update(connection, log);
            return new Erasure(id, loop, at, selectedBy, request.reference(), events, rows, goneBy);
        }

        private void eraseByContext(ErasureRequest request) throws SQLException {
            Map<String, Object> context = Map.of(request.contextPath(), request.contextValue());
            EventFilter filter = new EventFilter(null, null, null, null, null, context);
            List<String> found;
            do {
                Conditions query =
                        new Conditions(SELECT, loop).decisions(filter, "d").add(" limit ?", CHUNK);
                found = Sql.read(connection, query, row -> row.getString(1));
                if (!found.isEmpty()) {
                    erase(found);
                }
            } while (found.size() == CHUNK);
        }

        private void erase(List<String> eventIds) throws SQLException {
            Object ids = connection.createArrayOf("text", eventIds.toArray());
            events += Sql.update(connection, new Conditions(MARK, loop, id, ids));
            for (Snapshot snapshot : snapshots) {
                count(snapshot, ids);
            }
            for (String table : Tables.PARTITIONED) {
                rows += Sql.update(connection, new Conditions(DELETE.formatted(table), loop, ids));
            }
            Sql.update(connection, new Conditions(DELETE_KEYS, loop, ids));
        }

        /** So that a snapshot can say that it is not what it was. */
        private void count(Snapshot snapshot, Object ids) throws SQLException {
            String select = "select count(*) from projection.decision d " + SnapshotRows.NEWEST_PINNED_FEEDBACK;
            long lost = number(SnapshotRows.of(select, snapshot).and("d.event_id = any(?)", ids));
            if (lost > 0) {
                Sql.update(
                        connection,
                        new Conditions(
                                "update projection.snapshot set erased = erased + ? where id = ?",
                                lost,
                                snapshot.id()));
            }
        }

        private long number(Conditions query) throws SQLException {
            return Sql.read(connection, query, row -> row.getLong(1)).get(0);
        }
    }

    @Override
    public List<Erasure> log(String loop, int limit, long before) {
        try (Connection connection = database.getConnection()) {
            return Sql.read(connection, new Conditions(READ_LOG, loop, before, limit), StoredErasures::erasure);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                row.getLong(1),
                row.getString(2),
                EventSearch.time(row, 3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                EventSearch.time(row, 8));
    }
}
