package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * One set of the projection's tables: the live one, or one that a rebuild fills beside it.
 *
 * @param parents schema of the tables
 * @param rows schema of their partitions; null for the live ones, where the database knows it
 */
record Tables(String parents, String rows) {
    static final List<String> PARTITIONED = List.of("decision", "reward", "activation", "feedback", "fate");

    static final Tables LIVE = new Tables("projection", null);

    /** Taken shared by whoever writes the live tables, alone by a rebuild that puts others in their place. */
    static final long WRITERS_LOCK = 0x6c65_6577_6179_0001L;

    /** Taken by whoever drops or changes over tables: one at a time. */
    static final long KEEPERS_LOCK = 0x6c65_6577_6179_0002L;

    private static final String ENTER = "select set_config('search_path', ?, true)";
    private static final String ENTER_LIVE = ENTER + ", pg_advisory_xact_lock_shared(" + WRITERS_LOCK + ")";

    private static final String ENTER_ALONE = ENTER + ", pg_advisory_xact_lock(" + WRITERS_LOCK + ")";

    static Tables beside(String schema) {
        return new Tables(schema, schema);
    }

    boolean live() {
        return rows == null;
    }

    /** Makes the names in this transaction's statements those of these tables, and keeps them in place until it ends. */
    void enter(Connection connection) throws SQLException {
        enter(connection, live() ? ENTER_LIVE : ENTER);
    }

    /** As {@link #enter}, with nobody else writing the live tables meanwhile. */
    void enterAlone(Connection connection) throws SQLException {
        enter(connection, ENTER_ALONE);
    }

    private void enter(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, live() ? parents : parents + ", " + LIVE.parents);
            statement.execute();
        }
    }
}
