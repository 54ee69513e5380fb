package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows as one array per column, for {@code INSERT ... SELECT ... FROM unnest(...)}: one round trip and one plan for the batch,
 * where JDBC batches send every row on its own. Not thread safe.
 *
 * @param <T> what a row is made of
 */
final class Columns<T> {
    private record Column<T>(String sqlType, Function<T, Object> value) {}

    private final List<Column<T>> columns = new ArrayList<>();

    Columns<T> text(Function<T, String> value) {
        return add("text", value::apply);
    }

    Columns<T> number(Function<T, Long> value) {
        return add("int8", value::apply);
    }

    Columns<T> real(Function<T, Double> value) {
        return add("float8", value::apply);
    }

    Columns<T> flag(Function<T, Boolean> value) {
        return add("bool", value::apply);
    }

    /** In microseconds, which is what the database has. */
    Columns<T> time(Function<T, Instant> value) {
        return add(
                "text", row -> value.apply(row).truncatedTo(ChronoUnit.MICROS).toString());
    }

    private Columns<T> add(String sqlType, Function<T, Object> value) {
        columns.add(new Column<>(sqlType, value));
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

    <R> List<R> query(Connection connection, String sql, List<T> rows, RowReader<R> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
            Column<T> column = columns.get(i);
            Object[] values = rows.stream().map(column.value()).toArray();
            statement.setArray(i + 1, connection.createArrayOf(column.sqlType(), values));
        }
    }
}
