package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that there are partitions for what comes. Remembers what it has seen to. Thread safe. */
final class Partitions {
    private static final String MAKE =
            "select make_week(?, coalesce(?, (select rows_schema from projection.generation)), ?::date)";

    private final Tables tables;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    Partitions(Tables tables) {
        this.tables = tables;
    }

    /** @param connection outside of a transaction; each week is one of its own */
    void ensure(Connection connection, Collection<LocalDate> weeks) throws SQLException {
        Set<LocalDate> missing = new TreeSet<>(weeks);
        missing.removeAll(known);
        for (LocalDate week : missing) {
            make(connection, week);
            known.add(week);
        }
    }

    /** Of what was dropped, or lies in other tables now, nothing is known any more. */
    void forget() {
        known.clear();
    }

    private void make(Connection connection, LocalDate week) throws SQLException {
        connection.setAutoCommit(false);
        try {
            tables.enter(connection);
            try (PreparedStatement statement = connection.prepareStatement(MAKE)) {
                statement.setString(1, tables.parents());
                statement.setString(2, tables.rows());
                statement.setString(3, week.toString());
                statement.execute();
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
