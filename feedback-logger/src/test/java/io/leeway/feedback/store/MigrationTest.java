package io.leeway.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Json;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationTest {
    private static final Instant TIME = Instant.parse("2026-03-01T23:59:59Z");

    @Test
    void whatWasThereBeforeTheTablesWereCutByWeeksIsThereStill() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(LocalStack.shared().jdbcUrl());
        source.setUser(LocalStack.USER);
        source.setPassword(LocalStack.PASSWORD);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database migrating");
        }
        source.setDatabaseName("migrating");
        Flyway.configure()
                .dataSource(source)
                .schemas("projection")
                .target("1")
                .load()
                .migrate();
        String decision = Json.text(Samples.decision("old", "e1", TIME));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into projection.decision values ('old', 'e1', '" + TIME
                    + "', 3, 'a', false, 0, 7, '" + decision + "')");
            // The next second is another week.
            statement.execute("insert into projection.reward values"
                    + " ('old', 'e1', 'r', 'main', 1, '2026-03-02T00:00:00Z', '{}'),"
                    + " ('old', 'orphan', 'r', 'main', 1, '2026-05-01T00:00:00Z', '{}')");
            statement.execute("insert into projection.feedback values"
                    + " ('old', 'e1', 1, 'matched', 1, false, now(), '{\"reward\": 1, \"decision\": " + decision
                    + "}')");
            statement.execute("insert into projection.fate values ('t', 0, 1, 'old', 'orphan', 'orphan', now())");
        }
        Flyway.configure().dataSource(source).schemas("projection").load().migrate();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(text(
                            statement,
                            "select string_agg(tableoid::regclass || ' ' || event_id, ',' order by event_id)"
                                    + " from projection.reward"))
                    .isEqualTo("projection_rows_1.reward_20260223 e1,projection_rows_1.reward_20260427 orphan");
            assertThat(
                            text(
                                    statement,
                                    "select (f.body || jsonb_build_object('decision', d.body)) ->> 'reward'"
                                            + " from projection.feedback f join projection.decision d using (event_id, loop, week)"))
                    .isEqualTo("1");
            assertThat(text(statement, "select time::text from projection.feedback"))
                    .startsWith("2026-03-01 23:59:59");
            assertThat(text(
                            statement,
                            "select count(*) from projection.fate join projection.event using (loop, event_id, week)"))
                    .isEqualTo("1");
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
