package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements as they are run everywhere here. Stateless. */
final class Sql {
    private Sql() {}

    static <T> List<T> read(Connection connection, Conditions query, Columns.RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = query.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    static int update(Connection connection, Conditions statement) throws SQLException {
        try (PreparedStatement prepared = statement.prepare(connection)) {
            return prepared.executeUpdate();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
