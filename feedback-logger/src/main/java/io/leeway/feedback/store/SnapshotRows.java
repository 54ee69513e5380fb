package io.leeway.feedback.store;

import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads what a snapshot names. A row belongs to it if its record stands before the snapshot's offsets, so later corrections do not
 * and a rebuild, which gives rows the same positions, changes nothing. The text of a document is what PostgreSQL makes of jsonb,
 * keys in its order: the same bytes every time. Stateless.
 */
final class SnapshotRows {
    private static final int FETCHED_AT_A_TIME = 500;

    /** Of rows without a position: imported decisions, and what was there before positions were kept. */
    private static final String PINNED = """
            (%1$s.source_offset is null
                or %1$s.source_offset < coalesce((?::jsonb ->> ('%2$s-' || %1$s.source_partition))::bigint, 0))
            """;

    static final String PINNED_DECISION = PINNED.formatted("d", Topics.DECISIONS);

    static final String NEWEST_PINNED_FEEDBACK = """
            cross join lateral (
                select f.* from projection.feedback f
                where f.event_id = d.event_id and f.loop = d.loop and f.week = d.week and
            """ + PINNED.formatted("f", Topics.FEEDBACK) + """
                order by f.revision desc limit 1) f
            """;

    private static final String ROWS =
            "select (f.body || jsonb_build_object('decision', d.body))::text, d.time from projection.decision d "
                    + NEWEST_PINNED_FEEDBACK;

    private SnapshotRows() {}

    /** @param connection in a transaction, so that rows are fetched as they are needed */
    static void write(Connection connection, Snapshot snapshot, LineDigest out) throws SQLException {
        Conditions query = of(ROWS, snapshot).add(" order by d.time, d.event_id");
        try (PreparedStatement statement = query.prepare(connection)) {
            statement.setFetchSize(FETCHED_AT_A_TIME);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    out.line(rows.getString(1), EventSearch.time(rows, 2));
                }
            }
        }
    }

    /** @param select of decisions d with {@link #NEWEST_PINNED_FEEDBACK} */
    static Conditions of(String select, Snapshot snapshot) {
        String offsets = Json.text(snapshot.offsets());
        EventFilter filter = snapshot.query();
        Conditions query = new Conditions(select + " where ", offsets)
                .add(PINNED_DECISION, offsets)
                .and("d.loop = ?", snapshot.loop())
                .decisions(filter, "d");
        if (EventFilter.OPEN.equals(filter.status())) {
            query.and("false");
        } else if (filter.status() != null) {
            query.and("f.status = ?", filter.status());
        }
        return query;
    }
}
