package io.leeway.feedback.store;

import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.contracts.rest.ProjectionHash.TableHash;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of the projection as one hash. Where a row lies is left out, and so is the position of a decision's record: of two
 * records of one decision, either may have been read first. Stateless.
 */
final class RowHash {
    private static final int FETCHED_AT_A_TIME = 1000;

    /** By table: what counts of a row, in the order of the keys. */
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put("decision", """
                select concat_ws(E'\\t', loop, event_id, time, model_version, action, deferred, body)
                from decision %s order by event_id, loop""");
        ROWS.put("reward", """
                select concat_ws(E'\\t', loop, event_id, identity, slot, value, time, body)
                from reward %s order by event_id, loop, identity""");
        ROWS.put("activation", """
                select concat_ws(E'\\t', loop, event_id, identity, time, body)
                from activation %s order by event_id, loop, identity""");
        ROWS.put("feedback", """
                select concat_ws(E'\\t', loop, event_id, revision, time, status, reward, imported, closed_at,
                    source_partition, source_offset, body)
                from feedback %s order by event_id, loop, revision""");
        ROWS.put("fate", """
                select concat_ws(E'\\t', topic, source_partition, source_offset, loop, event_id, kind, time)
                from fate %s order by topic, source_partition, source_offset""");
    }

    private RowHash() {}

    /**
     * @param connection in a transaction that sees one moment
     * @param schema of the tables
     * @param loop null for all
     */
    static ProjectionHash of(Connection connection, String schema, String loop) throws SQLException {
        try (PreparedStatement path = connection.prepareStatement("select set_config('search_path', ?, true)")) {
            path.setString(1, schema);
            path.execute();
        }
        List<TableHash> tables = new ArrayList<>();
        MessageDigest all = LineDigest.sha256Digest();
        for (Map.Entry<String, String> entry : ROWS.entrySet()) {
            TableHash table = table(connection, entry.getKey(), entry.getValue(), loop);
            tables.add(table);
            all.update(table.sha256().getBytes(StandardCharsets.UTF_8));
        }
        return new ProjectionHash(loop, HexFormat.of().formatHex(all.digest()), tables, offsets(connection));
    }

    private static TableHash table(Connection connection, String table, String rows, String loop) throws SQLException {
        LineDigest digest = new LineDigest(OutputStream.nullOutputStream());
        String sql = rows.formatted(loop == null ? "" : "where loop = ?");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (loop != null) {
                statement.setString(1, loop);
            }
            statement.setFetchSize(FETCHED_AT_A_TIME);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    digest.line(found.getString(1), Instant.EPOCH);
                }
            }
        }
        return new TableHash(table, digest.lines(), digest.sha256());
    }

    private static Map<String, Long> offsets(Connection connection) throws SQLException {
        Map<String, Long> offsets = new TreeMap<>();
        Conditions query = new Conditions("select topic || '-' || source_partition, next_offset from landed");
        Sql.read(connection, query, row -> offsets.put(row.getString(1), row.getLong(2)));
        return offsets;
    }
}
