package io.leeway.feedback.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.contracts.rest.SnapshotPage;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Snapshots;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Keeps snapshots beside the rows that they name. Thread safe. */
@ApplicationScoped
class StoredSnapshots implements Snapshots {
    private static final String COLUMNS = """
            select id, loop, query::text, offsets::text, row_count, sha256, first_time, last_time, created_at, erased, number
            from projection.snapshot where loop = ?""";
    private static final String INSERT = """
            insert into projection.snapshot
                (id, loop, query, offsets, row_count, sha256, first_time, last_time, created_at)
            values (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?)""";
    private static final String OFFSETS = """
            select topic || '-' || source_partition, next_offset from projection.landed where topic in (?, ?)""";

    private final DataSource database;
    private final EventIds ids;
    private final Clock clock;

    StoredSnapshots(DataSource database, EventIds ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    private record Numbered(Snapshot snapshot, long number) {}

    @Override
    public Snapshot make(String loop, EventFilter filter) {
        try (Connection connection = database.getConnection()) {
            Transactions.begin(connection, Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Snapshot snapshot = make(connection, loop, filter);
                insert(connection, snapshot);
                connection.commit();
                return snapshot;
            } finally {
                Transactions.end(connection);
            }
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    private Snapshot make(Connection connection, String loop, EventFilter filter) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Long> offsets = offsets(connection);
        Snapshot draft = new Snapshot(ids.next(), loop, filter, offsets, 0, "", null, null, now, 0);
        LineDigest digest = new LineDigest(OutputStream.nullOutputStream());
        SnapshotRows.write(connection, draft, digest);
        return new Snapshot(
                draft.id(),
                loop,
                filter,
                offsets,
                digest.lines(),
                digest.sha256(),
                digest.first(),
                digest.last(),
                now,
                0);
    }

    private static Map<String, Long> offsets(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OFFSETS)) {
            statement.setString(1, Topics.FEEDBACK);
            statement.setString(2, Topics.DECISIONS);
            Map<String, Long> offsets = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getString(1), rows.getLong(2));
                }
            }
            return offsets;
        }
    }

    private static void insert(Connection connection, Snapshot snapshot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, snapshot.id());
            statement.setString(2, snapshot.loop());
            statement.setString(3, Json.text(snapshot.query()));
            statement.setString(4, Json.text(snapshot.offsets()));
            statement.setLong(5, snapshot.rows());
            statement.setString(6, snapshot.sha256());
            statement.setObject(7, snapshot.firstTime() == null ? null : Conditions.time(snapshot.firstTime()));
            statement.setObject(8, snapshot.lastTime() == null ? null : Conditions.time(snapshot.lastTime()));
            statement.setObject(9, Conditions.time(snapshot.createdAt()));
            statement.executeUpdate();
        }
    }

    @Override
    public Optional<Snapshot> find(String loop, String id) {
        return read(new Conditions(COLUMNS, loop).and("id = ?", id)).stream()
                .map(Numbered::snapshot)
                .findFirst();
    }

    @Override
    public SnapshotPage page(String loop, int limit, String after) {
        Conditions query = new Conditions(COLUMNS, loop);
        if (after != null) {
            query.and("number < ?", number(after));
        }
        List<Numbered> rows = read(query.add(" order by number desc limit ?", limit + 1));
        boolean more = rows.size() > limit;
        List<Numbered> page = more ? rows.subList(0, limit) : rows;
        return new SnapshotPage(
                page.stream().map(Numbered::snapshot).toList(),
                more ? Long.toString(page.get(page.size() - 1).number()) : null);
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw (ContractViolation)
                    new ContractViolation("after", "must be what a page named as next", after).initCause(e);
        }
    }

    private List<Numbered> read(Conditions query) {
        try (Connection connection = database.getConnection()) {
            return Sql.read(connection, query, row -> new Numbered(snapshot(row), row.getLong(11)));
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    static Snapshot snapshot(ResultSet row) throws SQLException {
        try {
            return new Snapshot(
                    row.getString(1),
                    row.getString(2),
                    Json.read(row.getString(3), EventFilter.class),
                    Json.mapper().readValue(row.getString(4), new TypeReference<Map<String, Long>>() {}),
                    row.getLong(5),
                    row.getString(6),
                    EventSearch.time(row, 7),
                    EventSearch.time(row, 8),
                    EventSearch.time(row, 9),
                    row.getLong(10));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean delete(String loop, String id) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("delete from projection.snapshot where loop = ? and id = ?")) {
            statement.setString(1, loop);
            statement.setString(2, id);
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    @Override
    public void write(Snapshot snapshot, OutputStream out) {
        try (Connection connection = database.getConnection()) {
            Transactions.begin(connection, Connection.TRANSACTION_REPEATABLE_READ);
            try {
                SnapshotRows.write(connection, snapshot, new LineDigest(out));
            } finally {
                Transactions.end(connection);
            }
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
