package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions that see one moment of the database, on connections of a pool. */
final class Transactions {
    private Transactions() {}

    static void begin(Connection connection, int isolation) throws SQLException {
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
    }

    /** Undoes what was not committed, and leaves the connection as the pool gave it. */
    static void end(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
}
