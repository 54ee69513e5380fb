package io.leeway.feedback.store;

import io.leeway.feedback.Projection.Unstorable;
import io.leeway.feedback.ProjectionUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Brings a batch into the database in one transaction. A row that is to blame itself is mended or left out, and named; any other
 * failure is the database's, and the batch may be tried again.
 */
final class Landing {
    private static final Logger LOG = Logger.getLogger(Landing.class);

    /** Classes of SQLSTATE that blame the data: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> ROW_TO_BLAME = Set.of("22", "23", "54");

    private final DataSource database;

    Landing(DataSource database) {
        this.database = database;
    }

    /** Writes rows. */
    interface Insert<T> {
        void into(Connection connection, List<T> rows) throws SQLException;
    }

    /** @param mend makes a row storable that may not be so as it came */
    <T> List<Unstorable> land(List<T> rows, UnaryOperator<T> mend, Insert<T> insert) {
        if (rows.isEmpty()) {
            return List.of();
        }
        try {
            write(rows, insert);
            return List.of();
        } catch (SQLException e) {
            if (!rowToBlame(e)) {
                throw new ProjectionUnavailableException(e);
            }
            LOG.warnf(
                    "a row of %d cannot be stored as it came (%s); each is tried alone", rows.size(), e.getSQLState());
            return oneByOne(rows, mend, insert);
        }
    }

    private <T> List<Unstorable> oneByOne(List<T> rows, UnaryOperator<T> mend, Insert<T> insert) {
        List<Unstorable> unstorable = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                write(List.of(mend.apply(rows.get(i))), insert);
            } catch (SQLException e) {
                if (!rowToBlame(e)) {
                    throw new ProjectionUnavailableException(e);
                }
                unstorable.add(new Unstorable(i, "must be storable: SQLSTATE=" + e.getSQLState()));
            }
        }
        return unstorable;
    }

    private <T> void write(List<T> rows, Insert<T> insert) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                insert.into(connection, rows);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean rowToBlame(SQLException e) {
        return e.getSQLState() != null
                && e.getSQLState().length() == 5
                && ROW_TO_BLAME.contains(e.getSQLState().substring(0, 2));
    }
}
