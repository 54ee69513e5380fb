package io.leeway.feedback.store;

import io.leeway.feedback.Position;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    /** A check that failed: of partitions, that there is none for the row. */
    private static final String NO_PARTITION = "23514";

    private final DataSource database;
    private final Tables tables;
    private final Partitions partitions;

    Landing(DataSource database, Tables tables) {
        this.database = database;
        this.tables = tables;
        this.partitions = new Partitions(tables);
    }

    /** Writes rows. */
    interface Insert<T> {
        void into(Connection connection, List<T> rows) throws SQLException;
    }

    /**
     * What is done with rows of one kind.
     *
     * @param time decides which week a row may lie in
     * @param mend makes a row storable that may not be so as it came
     * @param alone whether nobody else may write while this row is written
     */
    record Kind<T>(Function<T, Instant> time, UnaryOperator<T> mend, Predicate<T> alone, Insert<T> insert) {
        Kind(Function<T, Instant> time, UnaryOperator<T> mend, Insert<T> insert) {
            this(time, mend, row -> false, insert);
        }
    }

    <T> List<Unstorable> land(List<T> rows, Kind<T> kind, Reach reach) {
        if (rows.isEmpty() && reach.last().isEmpty()) {
            return List.of();
        }
        try {
            write(rows, kind, reach);
            return List.of();
        } catch (SQLException e) {
            requireRowToBlame(e);
            partitions.forget();
            return NO_PARTITION.equals(e.getSQLState()) ? again(rows, kind, reach) : oneByOne(rows, kind, reach, e);
        }
    }

    /** The partitions that were there are not always there still. */
    private <T> List<Unstorable> again(List<T> rows, Kind<T> kind, Reach reach) {
        try {
            write(rows, kind, reach);
            return List.of();
        } catch (SQLException e) {
            requireRowToBlame(e);
            return oneByOne(rows, kind, reach, e);
        }
    }

    private <T> List<Unstorable> oneByOne(List<T> rows, Kind<T> kind, Reach reach, SQLException failure) {
        LOG.warnf(
                "a row of %d cannot be stored as it came (%s); each is tried alone",
                rows.size(), failure.getSQLState());
        List<Unstorable> unstorable = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                write(List.of(kind.mend().apply(rows.get(i))), kind, Reach.NOWHERE);
            } catch (SQLException e) {
                requireRowToBlame(e);
                unstorable.add(new Unstorable(i, "must be storable: SQLSTATE=" + e.getSQLState()));
            }
        }
        try {
            write(List.of(), kind, reach);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
        return unstorable;
    }

    private <T> void write(List<T> rows, Kind<T> kind, Reach reach) throws SQLException {
        Set<LocalDate> weeks =
                rows.stream().map(kind.time()).filter(Weeks::has).map(Weeks::of).collect(Collectors.toSet());
        try (Connection connection = database.getConnection()) {
            partitions.ensure(connection, weeks);
            connection.setAutoCommit(false);
            try {
                if (rows.stream().anyMatch(kind.alone())) {
                    tables.enterAlone(connection);
                } else {
                    tables.enter(connection);
                }
                if (!rows.isEmpty()) {
                    kind.insert().into(connection, rows);
                }
                note(connection, reach);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void note(Connection connection, Reach reach) throws SQLException {
        if (!reach.last().isEmpty()) {
            new Columns<Position>()
                    .text(Position::topic)
                    .number(position -> (long) position.partition())
                    .number(position -> position.offset() + 1)
                    .execute(connection, Inserts.REACH, reach.last());
        }
    }

    private static void requireRowToBlame(SQLException e) {
        boolean rowToBlame = e.getSQLState() != null
                && e.getSQLState().length() == 5
                && ROW_TO_BLAME.contains(e.getSQLState().substring(0, 2));
        if (!rowToBlame) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
