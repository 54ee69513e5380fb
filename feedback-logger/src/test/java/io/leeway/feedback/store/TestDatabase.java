package io.leeway.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.stack.testing.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the tests, migrated. */
final class TestDatabase {
    private static final List<String> TABLES = List.of(
            "event",
            "decision",
            "reward",
            "activation",
            "feedback",
            "fate",
            "dropped",
            "dropped_version",
            "dataset",
            "snapshot");

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    /** The one that the service uses, too. */
    TestDatabase() {
        source.setUrl(LocalStack.shared().jdbcUrl());
        source.setUser(LocalStack.USER);
        source.setPassword(LocalStack.PASSWORD);
        migrate();
    }

    /** A new one, for tests that turn everything upside down. */
    TestDatabase(String name) {
        source.setUrl(LocalStack.shared().jdbcUrl());
        source.setUser(LocalStack.USER);
        source.setPassword(LocalStack.PASSWORD);
        execute("create database " + name);
        source.setDatabaseName(name);
        migrate();
    }

    private void migrate() {
        Flyway.configure().dataSource(source).schemas("projection").load().migrate();
    }

    PGSimpleDataSource source() {
        return source;
    }

    /** Removes whatever the tests of a loop have left. */
    void empty(String loop) {
        for (String table : TABLES) {
            execute("delete from projection." + table + " where loop = '" + loop + "'");
        }
    }

    void execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one value that a query gives. */
    String text(String query) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            String text = rows.getString(1);
            assertThat(rows.next()).isFalse();
            return text;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
