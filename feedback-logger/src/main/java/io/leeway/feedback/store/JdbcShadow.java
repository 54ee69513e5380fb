package io.leeway.feedback.store;

import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Shadow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** A set of tables in a schema of its own. Its connection holds the keepers' lock as long as it lives. */
final class JdbcShadow implements Shadow {
    private static final Logger LOG = Logger.getLogger(JdbcShadow.class);
    private static final String LANDED = "select topic, source_partition, next_offset from projection.landed";
    private static final String DROP_ERASED = """
            delete from %1$s.%2$s r where exists (
                select from projection.erased_event x where x.digest = projection.digest(r.loop, r.event_id))""";

    private final DataSource database;
    private final Connection keeper;
    private final String loop;
    private final String schema;
    private final String liveRows;
    private final Projection projection;

    /** @param keeper holds the keepers' lock; belongs to this shadow */
    JdbcShadow(DataSource database, Connection keeper, String loop, int generation, String liveRows)
            throws SQLException {
        this.database = database;
        this.keeper = keeper;
        this.loop = loop;
        this.schema = "projection_rows_" + (generation + 1);
        this.liveRows = liveRows;
        this.projection = new JdbcProjection(database, Tables.beside(schema));
        Sql.execute(keeper, "create schema " + schema);
        Sql.execute(keeper, "set search_path to projection");
        Sql.execute(keeper, "select projection.make_tables('" + schema + "')");
    }

    @Override
    public Projection projection() {
        return projection;
    }

    @Override
    public List<String> loops() {
        return read(new Conditions("select distinct loop from projection.event"), row -> row.getString(1));
    }

    @Override
    public List<Position> landed() {
        return read(new Conditions(LANDED), row -> new Position(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    private <T> List<T> read(Conditions query, Columns.RowReader<T> reader) {
        try {
            return Sql.read(keeper, query, reader);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    @Override
    public Change change(Consumer<List<Position>> catchUp) {
        try (Connection was = database.getConnection();
                Connection is = database.getConnection()) {
            try {
                long pauseMillis = exchange(catchUp, was, is);
                ProjectionHash before = RowHash.of(was, loop == null ? liveRows : "projection", loop);
                ProjectionHash after = RowHash.of(is, "projection", loop);
                return new Change(pauseMillis, before, after);
            } finally {
                Transactions.end(was);
                Transactions.end(is);
            }
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    /** The two connections keep seeing what was there before, and right after. */
    private long exchange(Consumer<List<Position>> catchUp, Connection was, Connection is) throws SQLException {
        long began = System.nanoTime();
        Sql.execute(keeper, "select pg_advisory_lock(" + Tables.WRITERS_LOCK + ")");
        try {
            catchUp.accept(landed());
            for (String table : Tables.PARTITIONED) {
                Sql.execute(keeper, DROP_ERASED.formatted(schema, table));
            }
            Sql.execute(keeper, DROP_ERASED.formatted(schema, "event"));
            look(was);
            Exchange.run(keeper, loop == null ? Exchange.all(schema, liveRows) : Exchange.one(schema, loop));
            look(is);
        } finally {
            Sql.execute(keeper, "select pg_advisory_unlock(" + Tables.WRITERS_LOCK + ")");
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static void look(Connection connection) throws SQLException {
        Transactions.begin(connection, Connection.TRANSACTION_REPEATABLE_READ);
        Sql.execute(connection, "select 1");
    }

    @Override
    public void close() {
        try (keeper) {
            try {
                keeper.setAutoCommit(true);
                dropOthers(keeper);
            } finally {
                Sql.execute(keeper, "select pg_advisory_unlock_all()");
                Sql.execute(keeper, "reset search_path");
            }
        } catch (SQLException e) {
            LOG.warnf("tables of a rebuild are left over, until the next one: %s", e.getMessage());
        }
    }

    /** Removes the schemas of rows that are not the live ones; table by table, because each drop takes its locks until its end. */
    static void dropOthers(Connection keeper) throws SQLException {
        Conditions leftOver = new Conditions("""
                select n.nspname from pg_namespace n
                where n.nspname ~ '^projection_rows_[0-9]+$'
                    and n.nspname <> (select rows_schema from projection.generation)""");
        for (String schema : Sql.read(keeper, leftOver, row -> row.getString(1))) {
            Conditions partitions = new Conditions("""
                    select c.oid::regclass::text from pg_class c
                    where c.relnamespace = ?::regnamespace and c.relkind = 'r' and c.relispartition""", schema);
            for (String partition : new ArrayList<>(Sql.read(keeper, partitions, row -> row.getString(1)))) {
                Sql.execute(keeper, "drop table " + partition);
            }
            Sql.execute(keeper, "drop schema " + schema + " cascade");
        }
    }
}
