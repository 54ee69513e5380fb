package io.leeway.feedback.store;

import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Shadow;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the tables of rebuilds: one rebuild at a time, over all instances. Thread safe. */
@Singleton
class Shadows implements Shadow.Source {
    private static final String TRY_LOCK = "select pg_try_advisory_lock(" + Tables.KEEPERS_LOCK + ")";

    private final DataSource database;

    Shadows(DataSource database) {
        this.database = database;
    }

    private record Generation(int number, String rows) {}

    @Override
    public Shadow begin(String loop) {
        Connection keeper = null;
        try {
            keeper = database.getConnection();
            if (!Sql.read(keeper, new Conditions(TRY_LOCK), row -> row.getBoolean(1))
                    .get(0)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "must be the only one: a rebuild or a clean-up is under way");
            }
            JdbcShadow.dropOthers(keeper);
            Generation live = Sql.read(
                            keeper,
                            new Conditions("select number, rows_schema from projection.generation"),
                            row -> new Generation(row.getInt(1), row.getString(2)))
                    .get(0);
            return new JdbcShadow(database, keeper, loop, live.number(), live.rows());
        } catch (SQLException e) {
            close(keeper);
            throw new ProjectionUnavailableException(e);
        } catch (RuntimeException e) {
            close(keeper);
            throw e;
        }
    }

    private static void close(Connection keeper) {
        if (keeper == null) {
            return;
        }
        try (keeper) {
            Sql.execute(keeper, "select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    @Override
    public ProjectionHash hash(String loop) {
        try (Connection connection = database.getConnection()) {
            Transactions.begin(connection, Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return RowHash.of(connection, "projection", loop);
            } finally {
                Transactions.end(connection);
            }
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
