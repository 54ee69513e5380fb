package io.leeway.feedback.store;

import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.LoopVersions;
import io.leeway.contracts.rest.LoopVersions.VersionCount;
import io.leeway.feedback.ProjectionUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;

/** Finds a loop's events. Thread safe. */
@ApplicationScoped
class EventSearch {
    private static final String DECISIONS = """
            select d.event_id, d.time, d.week from projection.decision d where d.loop = ?""";

    /** By way of the feedback, whose index knows the status: a rare one is found without reading all decisions. */
    private static final String DECISIONS_WITH_FEEDBACK = """
            select d.event_id, d.time, d.week
            from projection.feedback f join projection.decision d
                on d.event_id = f.event_id and d.loop = f.loop and d.week = f.week
            where f.loop = ? and f.status = ? and not exists (
                select from projection.feedback later
                where later.event_id = f.event_id and later.loop = f.loop and later.week = f.week
                    and later.revision > f.revision)""";

    private static final String WITHOUT_FEEDBACK = """
            not exists (
                select from projection.feedback f
                where f.event_id = d.event_id and f.loop = d.loop and f.week = d.week)
            and not exists (
                select from projection.fate f
                where f.event_id = d.event_id and f.loop = d.loop and f.week = d.week and f.kind = 'neverActivated')
            """;

    private static final int LATELY = 100;

    /** Of a week that was dropped it is only known when each version decided first and last. */
    private static final String LAST = """
            select model_version, known from (
                (select model_version, time as about, time as known, time as began from projection.decision
                where loop = ? and time <= ? and week <= ? order by time desc, event_id desc limit 1)
                union all
                select model_version, least(last_time, ?), case when last_time <= ? then last_time end, first_time
                from projection.dropped_version where loop = ? and first_time <= ?) candidates
            order by about desc, known desc nulls last, began desc limit 1""";

    private static final String LATELY_BY_VERSION = """
            select model_version, count(*), min(time), max(time) from (
                select model_version, time from projection.decision
                where loop = ? and time <= ? and week <= ? order by time desc, event_id desc limit %d) last
            group by model_version order by model_version desc""".formatted(LATELY);

    private static final String BY_VERSION = """
            select model_version, sum(decisions), min(first_time), max(last_time) from (
                select model_version, count(*) as decisions, min(time) as first_time, max(time) as last_time
                from projection.decision where loop = ? group by model_version
                union all
                select model_version, decisions, first_time, last_time
                from projection.dropped_version where loop = ?) weeks
            group by model_version order by model_version desc limit 1000""";

    private final DataSource database;

    EventSearch(DataSource database) {
        this.database = database;
    }

    /** Where an event was found. */
    record Found(String eventId, Instant time, LocalDate week) {
        PageKey key() {
            return new PageKey(time, eventId);
        }
    }

    /** @param after null for the newest */
    List<Found> find(String loop, EventFilter filter, int limit, PageKey after) {
        boolean byStatus = filter.status() != null && !filter.status().equals(EventFilter.OPEN);
        String timed = byStatus ? "f" : "d";
        Conditions query = byStatus
                ? new Conditions(DECISIONS_WITH_FEEDBACK, loop, filter.status())
                : new Conditions(DECISIONS, loop);
        query.decisions(filter, timed);
        if (EventFilter.OPEN.equals(filter.status())) {
            query.and(WITHOUT_FEEDBACK);
        }
        if (after != null) {
            query.and(timed + ".week <= ?", Weeks.of(after.time()));
            query.and(
                    "(" + timed + ".time, " + timed + ".event_id) < (?, ?)",
                    Conditions.time(after.time()),
                    after.eventId());
        }
        query.add(" order by " + timed + ".time desc, " + timed + ".event_id desc limit ?", limit);
        return read(query, row -> new Found(row.getString(1), time(row, 2), row.getObject(3, LocalDate.class)));
    }

    LoopVersions versions(String loop, Instant at) {
        record Last(long version, Instant time) {}
        Object time = Conditions.time(at);
        Object[] until = {loop, time, Weeks.of(at)};
        Conditions query = new Conditions(LAST, until).add("", time, time, loop, time);
        List<Last> last = read(query, row -> new Last(row.getLong(1), time(row, 2)));
        return new LoopVersions(
                loop,
                at,
                last.isEmpty() ? null : last.get(0).version(),
                last.isEmpty() ? null : last.get(0).time(),
                read(new Conditions(LATELY_BY_VERSION, until), EventSearch::count),
                read(new Conditions(BY_VERSION, loop, loop), EventSearch::count));
    }

    private static VersionCount count(ResultSet row) throws SQLException {
        return new VersionCount(row.getLong(1), row.getLong(2), time(row, 3), time(row, 4));
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private <T> List<T> read(Conditions query, Columns.RowReader<T> reader) {
        try (Connection connection = database.getConnection()) {
            return Sql.read(connection, query, reader);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
