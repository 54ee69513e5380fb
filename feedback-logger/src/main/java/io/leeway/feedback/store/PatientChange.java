package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Changes of tables while others read them: given up while the tables are in use, and begun again. Stateless. */
final class PatientChange {
    private static final int ATTEMPTS = 40;

    /**
     * Whoever reads for long must not make everybody wait behind the change; and a reader that waits for what the change has locked, while
     * the change waits for what the reader has, goes on before the database calls it a deadlock (after a second) and gives up one of both.
     */
    private static final String PATIENCE = "set local lock_timeout = '800ms'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    private static final Set<String> IN_USE = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK);

    private PatientChange() {}

    /** What is done between the beginning of a transaction and its commit; once for each attempt. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * @return what the work returned that was committed
     * @throws SQLException the last of {@value #ATTEMPTS} attempts, or one that failed for another reason than tables in use
     */
    static <T> T run(Connection connection, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                Sql.execute(connection, PATIENCE);
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                if (!IN_USE.contains(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                Transactions.end(connection);
            }
        }
    }
}
