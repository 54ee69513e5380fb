package io.leeway.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LocalStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcProjectionTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Position FIRST = new Position(Topics.DECISIONS, 1, 10);
    private static final Position SECOND = new Position(Topics.DECISIONS, 2, 20);
    private static final String LOOP = "projected";

    private static PGSimpleDataSource database;
    private final JdbcProjection projection = new JdbcProjection(database);

    @BeforeAll
    static void migrate() {
        database = new PGSimpleDataSource();
        database.setUrl(LocalStack.shared().jdbcUrl());
        database.setUser(LocalStack.USER);
        database.setPassword(LocalStack.PASSWORD);
        Flyway.configure().dataSource(database).schemas("projection").load().migrate();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from projection.decision where loop = 'projected'");
            statement.execute("delete from projection.reward where loop = 'projected'");
            statement.execute("delete from projection.fate where loop = 'projected'");
        }
    }

    @Test
    void aBatchThatIsRepeatedChangesNothing() throws SQLException {
        List<LoggedReward> rewards = List.of(
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.5, "r", TIME), FIRST),
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.7, "r", TIME), SECOND),
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.9, null, TIME), SECOND));
        assertThat(projection.landRewards(rewards)).isEmpty();
        assertThat(projection.landRewards(rewards)).isEmpty();
        assertThat(
                        text(
                                "select string_agg(value::text, ' ' order by value) from projection.reward where loop = 'projected'"))
                .isEqualTo("0.5 0.9");
    }

    @Test
    void theDecisionThatCountsReplacesTheOneThatLandedFirst() throws SQLException {
        projection.landDecisions(List.of(logged("b", SECOND)));
        for (int repetition = 0; repetition < 2; repetition++) {
            projection.landFates(List.of(conflict()));
            assertThat(text("select action from projection.decision where loop = 'projected'"))
                    .isEqualTo("a");
            projection.landDecisions(List.of(logged("a", FIRST), logged("b", SECOND)));
        }
        assertThat(text("select body #>> '{slots,0,action}' from projection.decision where loop = 'projected'"))
                .isEqualTo("a");
    }

    @Test
    void aFateThatIsReadFirstKeepsTheLoserOut() throws SQLException {
        projection.landFates(List.of(conflict()));
        projection.landDecisions(List.of(logged("b", SECOND)));
        assertThat(text("select action from projection.decision where loop = 'projected'"))
                .isEqualTo("a");
    }

    @Test
    void theLastFateOfARecordHolds() throws SQLException {
        Fate orphan = new Fate(LOOP, "e1", FateKind.ORPHAN, FIRST, TIME, null);
        Fate counted = new Fate(LOOP, "e1", FateKind.COUNTED, FIRST, TIME, null);
        projection.landFates(List.of(orphan, counted));
        projection.landFates(List.of(orphan));
        projection.landFates(List.of(counted));
        assertThat(text("select string_agg(kind, ' ') from projection.fate where loop = 'projected'"))
                .isEqualTo("counted");
    }

    @Test
    void namesTheRowThatTheDatabaseRefusesAndTakesTheOthers() throws SQLException {
        Decision far = Samples.decision(LOOP, "e2", Instant.MAX);
        List<LoggedDecision> rows = List.of(
                logged("a", FIRST), new LoggedDecision(far, Json.text(Samples.decision(LOOP, "e2", TIME)), SECOND));
        assertThat(projection.landDecisions(rows)).singleElement().satisfies(row -> {
            assertThat(row.index()).isEqualTo(1);
            assertThat(row.reason()).startsWith("must be storable: SQLSTATE=22");
        });
        assertThat(text("select event_id from projection.decision where loop = 'projected'"))
                .isEqualTo("e1");
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/leeway");
        assertThatThrownBy(() -> new JdbcProjection(nowhere).landDecisions(List.of(logged("a", FIRST))))
                .isInstanceOf(ProjectionUnavailableException.class);
    }

    private static LoggedDecision logged(String action, Position position) {
        Decision decision = Samples.decision(LOOP, "e1", TIME, action, false);
        return new LoggedDecision(decision, Json.text(decision), position);
    }

    private static Fate conflict() {
        String winner = Json.text(Samples.decision(LOOP, "e1", TIME, "a", false));
        return new Fate(LOOP, "e1", FateKind.CONFLICTING, SECOND, TIME, winner);
    }

    private static String text(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            String text = rows.getString(1);
            assertThat(rows.next()).isFalse();
            return text;
        }
    }
}
