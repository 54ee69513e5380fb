package io.leeway.feedback.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.postgresql.PGStatement;

/**
 * Rows as one array per column, for {@code INSERT ... SELECT ... FROM unnest(...)}: one round trip and one plan for the batch,
 * where JDBC batches send every row on its own. Not thread safe.
 *
 * @param <T> what a row is made of
 */
final class Columns<T> {
    /** Arrays of the driver's own classes travel in binary, which neither side has to quote or to take apart again. */
    private record Column<T>(String sqlType, Function<T, ?> value, IntFunction<Object[]> array) {
        Array of(Connection connection, List<T> rows) throws SQLException {
            Object[] values = array.apply(rows.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(rows.get(i));
            }
            return connection.createArrayOf(sqlType, values);
        }
    }

    private final List<Column<T>> columns = new ArrayList<>();

    Columns<T> text(Function<T, String> value) {
        return add("text", value, String[]::new);
    }

    Columns<T> number(Function<T, Long> value) {
        return add("int8", value, Long[]::new);
    }

    Columns<T> real(Function<T, Double> value) {
        return add("float8", value, Double[]::new);
    }

    Columns<T> flag(Function<T, Boolean> value) {
        return add("bool", value, Boolean[]::new);
    }

    /** In microseconds, which is what the database has. */
    Columns<T> time(Function<T, Instant> value) {
        return text(row -> value.apply(row).truncatedTo(ChronoUnit.MICROS).toString());
    }

    private Columns<T> add(String sqlType, Function<T, ?> value, IntFunction<Object[]> array) {
        columns.add(new Column<>(sqlType, value, array));
        return this;
    }

    int execute(Connection connection, String sql, List<T> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows);
            return statement.executeUpdate();
        }
    }

    /** Reads what a statement returns. */
    interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /**
     * Runs a statement that joins the rows among themselves. It is planned for each batch: a plan that is kept takes any array for ten
     * rows, and would go through a thousand rows a thousand times.
     */
    <R> List<R> query(Connection connection, String sql, List<T> rows, RowReader<R> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            bind(connection, statement, rows);
            List<R> found = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(reader.read(result));
                }
            }
            return found;
        }
    }

    private void bind(Connection connection, PreparedStatement statement, List<T> rows) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            statement.setArray(i + 1, columns.get(i).of(connection, rows));
        }
    }
}
