package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the tables of a rebuild, or its rows of one loop, in the place of the live ones. Stateless. */
final class Exchange {
    private static final int ATTEMPTS = 40;

    /**
     * Whoever reads for long must not make everybody wait behind the change; and a reader that waits for what the change has locked, while
     * the change waits for what the reader has, goes on before the database calls it a deadlock (after a second) and gives up one of both.
     */
    private static final String PATIENCE = "set local lock_timeout = '800ms'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    private static final Set<String> IN_USE = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK);

    private Exchange() {}

    static List<Conditions> all(String schema, String liveRows) {
        List<String> tables = new ArrayList<>(Tables.PARTITIONED);
        tables.add("event");
        tables.add("landed");
        List<Conditions> statements = new ArrayList<>();
        statements.add(new Conditions("alter view projection.newest_feedback set schema " + liveRows));
        tables.forEach(
                table -> statements.add(new Conditions("alter table projection." + table + " set schema " + liveRows)));
        tables.forEach(table ->
                statements.add(new Conditions("alter table " + schema + "." + table + " set schema projection")));
        statements.add(new Conditions("alter view " + schema + ".newest_feedback set schema projection"));
        statements.add(new Conditions("update projection.generation set number = number + 1, rows_schema = ?", schema));
        return statements;
    }

    static List<Conditions> one(String schema, String loop) {
        List<String> tables = new ArrayList<>(Tables.PARTITIONED);
        tables.add("event");
        List<Conditions> statements = new ArrayList<>();
        statements.add(
                new Conditions("select make_week('projection', (select rows_schema from projection.generation), week)"
                        + " from (select distinct week from " + schema + ".event) weeks"));
        tables.forEach(
                table -> statements.add(new Conditions("delete from projection." + table + " where loop = ?", loop)));
        tables.forEach(table -> statements.add(new Conditions(
                "insert into projection." + table + " select * from " + schema + "." + table + " where loop = ?",
                loop)));
        return statements;
    }

    /** All of them in one transaction, tried again if tables are in use. */
    static void run(Connection connection, List<Conditions> statements) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                Sql.execute(connection, PATIENCE);
                for (Conditions statement : statements) {
                    try (var prepared = statement.prepare(connection)) {
                        prepared.execute();
                    }
                }
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (!IN_USE.contains(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
