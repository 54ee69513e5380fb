package io.leeway.feedback.store;

import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Retention;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Drops partitions that no loop wants any more, and deletes the rows of single loops where another one still wants the week. First
 * the week is noted as dropped, so that nothing of it comes back; then its rows go. Thread safe.
 */
@Singleton
class JdbcRetention implements Retention {
    private static final int WEEK = 7;
    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + Tables.KEEPERS_LOCK + ")";
    private static final String WEEKS = """
            select to_date(right(c.relname, 8), 'YYYYMMDD') from pg_class c
            where c.relnamespace = (select rows_schema from projection.generation)::regnamespace
                and c.relispartition and c.relkind = 'r' and c.relname like 'decision\\_%' order by 1""";
    private static final String LOOPS = "select distinct loop from projection.event where week = ?";
    private static final String HELD = """
            select exists (
                select from projection.snapshot where loop = ? and first_time < ? and last_time >= ?)
            or (? and exists (
                select from projection.dataset
                where loop = ? and coalesce(first_time, '-infinity') < ? and last_time >= ?))""";
    private static final String NOTE =
            "insert into projection.dropped (loop, week, at) values (?, ?, ?) on conflict do nothing";
    private static final String COUNT = """
            insert into projection.dropped_version (loop, week, model_version, decisions, first_time, last_time)
            select loop, week, model_version, count(*), min(time), max(time) from projection.decision
            where week = ? and loop = any(?) group by loop, week, model_version
            on conflict (loop, week, model_version) do update set
                decisions = dropped_version.decisions + excluded.decisions,
                first_time = least(dropped_version.first_time, excluded.first_time),
                last_time = greatest(dropped_version.last_time, excluded.last_time)""";

    private final DataSource database;
    private final Partitions partitions = new Partitions(Tables.LIVE);

    JdbcRetention(DataSource database) {
        this.database = database;
    }

    @Override
    public void makeRoom(Instant from, Instant until) {
        List<LocalDate> weeks = new ArrayList<>();
        for (LocalDate week = Weeks.of(from); !week.isAfter(Weeks.of(until)); week = week.plusDays(WEEK)) {
            weeks.add(week);
        }
        partitions.forget();
        try (Connection connection = database.getConnection()) {
            partitions.ensure(connection, weeks);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    @Override
    public Dropped drop(Function<String, Optional<Duration>> kept, Set<String> existing, Instant now) {
        try (Connection connection = database.getConnection()) {
            int weeks = 0;
            int loopWeeks = 0;
            int held = 0;
            for (LocalDate week :
                    Sql.read(connection, new Conditions(WEEKS), row -> row.getObject(1, LocalDate.class))) {
                Plan plan = plan(connection, week, kept, existing, now);
                held += plan.held();
                if (!plan.old().isEmpty() && PatientChange.run(connection, open -> drop(open, week, plan, now))) {
                    loopWeeks += plan.old().size();
                    weeks += plan.whole() ? 1 : 0;
                }
            }
            return new Dropped(weeks, loopWeeks, held);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    /**
     * What is to be done with a week.
     *
     * @param old the loops whose rows go
     * @param whole whether there are no others
     * @param held loops whose rows stay although they are old
     */
    private record Plan(List<String> old, boolean whole, int held) {}

    private static Plan plan(
            Connection connection,
            LocalDate week,
            Function<String, Optional<Duration>> kept,
            Set<String> existing,
            Instant now)
            throws SQLException {
        Instant end = week.plusDays(WEEK).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<String> old = new ArrayList<>();
        int held = 0;
        List<String> loops = Sql.read(connection, new Conditions(LOOPS, week), row -> row.getString(1));
        for (String loop : loops) {
            boolean expired = kept.apply(loop)
                    .filter(keep -> end.isBefore(now.minus(keep)))
                    .isPresent();
            if (expired && held(connection, loop, week, existing.contains(loop))) {
                held++;
            } else if (expired) {
                old.add(loop);
            }
        }
        return new Plan(old, old.size() == loops.size(), held);
    }

    /** A loop that was deleted has no models any more. */
    private static boolean held(Connection connection, String loop, LocalDate week, boolean exists)
            throws SQLException {
        Object from = week.atStartOfDay().atOffset(ZoneOffset.UTC);
        Object to = week.plusDays(WEEK).atStartOfDay().atOffset(ZoneOffset.UTC);
        Conditions query = new Conditions(HELD, loop, to, from, exists, loop, to, from);
        return Sql.read(connection, query, row -> row.getBoolean(1)).get(0);
    }

    /** @return whether it could be done now */
    private static boolean drop(Connection connection, LocalDate week, Plan plan, Instant now) throws SQLException {
        if (!Sql.read(connection, new Conditions(TRY_LOCK), row -> row.getBoolean(1))
                .get(0)) {
            return false;
        }
        // Nobody writes meanwhile: whoever comes after this finds the note.
        Tables.LIVE.enterAlone(connection);
        for (String loop : plan.old()) {
            Sql.update(connection, new Conditions(NOTE, loop, week, Conditions.time(now)));
        }
        Object names = connection.createArrayOf("text", plan.old().toArray());
        Sql.update(connection, new Conditions(COUNT, week, names));
        if (plan.whole()) {
            dropWeek(connection, week);
        } else {
            deleteRows(connection, week, plan.old());
        }
        return true;
    }

    private static void dropWeek(Connection connection, LocalDate week) throws SQLException {
        Conditions rows = new Conditions("select rows_schema from projection.generation");
        String schema = Sql.read(connection, rows, row -> row.getString(1)).get(0);
        String suffix = "_" + week.toString().replace("-", "");
        for (String table : Tables.PARTITIONED) {
            Sql.execute(connection, "drop table " + schema + "." + table + suffix);
        }
        Sql.update(connection, new Conditions("delete from projection.event where week = ?", week));
    }

    private static void deleteRows(Connection connection, LocalDate week, List<String> loops) throws SQLException {
        Object names = connection.createArrayOf("text", loops.toArray());
        List<String> tables = new ArrayList<>(Tables.PARTITIONED);
        tables.add("event");
        for (String table : tables) {
            Sql.update(
                    connection,
                    new Conditions(
                            "delete from projection." + table + " where week = ? and loop = any(?)", week, names));
        }
    }
}
