package io.leeway.feedback.store;

import static io.leeway.feedback.Reach.NOWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.LoggedActivation;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.ProjectionUnavailableException;
import io.leeway.feedback.Reach;
import io.leeway.feedback.kafka.Samples;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcProjectionTest {
    /** The last second of a week. */
    private static final Instant TIME = Instant.parse("2026-03-01T23:59:59Z");

    private static final Instant NEXT_WEEK = Instant.parse("2026-03-02T00:00:00Z");
    private static final Position FIRST = new Position(Topics.DECISIONS, 1, 10);
    private static final Position SECOND = new Position(Topics.DECISIONS, 2, 20);
    private static final String LOOP = "projected";

    private static TestDatabase database;
    private final JdbcProjection projection = new JdbcProjection(database.source(), Tables.LIVE);

    @BeforeAll
    static void migrate() {
        database = new TestDatabase();
    }

    @BeforeEach
    void empty() {
        database.empty(LOOP);
    }

    @Test
    void aBatchThatIsRepeatedChangesNothing() {
        List<LoggedReward> rewards = List.of(
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.5, "r", TIME), FIRST),
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.7, "r", TIME), SECOND),
                LoggedReward.of(Samples.reward(LOOP, "e1", 0.9, null, TIME), SECOND));
        assertThat(projection.landRewards(rewards, List.of(), NOWHERE)).isEmpty();
        assertThat(projection.landRewards(rewards, List.of(), NOWHERE)).isEmpty();
        assertThat(values("reward", "value::text")).isEqualTo("0.5 0.9");
    }

    @Test
    void anEventIsThereOnceThoughItsRecordsAreOfDifferentWeeks() {
        projection.landDecisions(List.of(logged("a", FIRST)), NOWHERE);
        Decision again = Samples.decision(LOOP, "e1", NEXT_WEEK, "a", false);
        projection.landDecisions(List.of(LoggedDecision.of(again, Json.text(again), SECOND)), NOWHERE);
        projection.landRewards(
                List.of(LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", NEXT_WEEK), FIRST)), List.of(), NOWHERE);
        projection.landRewards(
                List.of(LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", TIME), FIRST)), List.of(), NOWHERE);
        assertThat(values("decision", "week || ' ' || source_offset")).isEqualTo("2026-02-23 10");
        assertThat(values("reward", "week::text")).isEqualTo("2026-02-23");
    }

    @Test
    void whatCameBeforeItsDecisionFollowsItIntoItsWeek() {
        projection.landRewards(
                List.of(LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", NEXT_WEEK), FIRST)), List.of(), NOWHERE);
        projection.landFates(List.of(new Fate(LOOP, "e1", FateKind.ORPHAN, FIRST, NEXT_WEEK, null)), NOWHERE);
        assertThat(values("reward", "week::text")).isEqualTo("2026-03-02");
        projection.landDecisions(List.of(logged("a", FIRST)), NOWHERE);
        assertThat(values("reward", "week::text")).isEqualTo("2026-02-23");
        assertThat(values("fate", "week::text")).isEqualTo("2026-02-23");
        assertThat(values("event", "week || ' ' || decided")).isEqualTo("2026-02-23 true");
    }

    @Test
    void revisionsStandSideBySideInWhateverOrderTheyCome() {
        Decision decision = Samples.decision(LOOP, "e1", TIME);
        projection.landDecisions(List.of(Rows.decision(decision, 1)), NOWHERE);
        projection.landFeedback(List.of(Rows.feedback(decision, 3, 0.3, false, 7)), NOWHERE);
        projection.landFeedback(
                List.of(Rows.feedback(decision, 1, 0.1, false, 5), Rows.feedback(decision, 3, 0.9, false, 9)), NOWHERE);
        projection.landFeedback(List.of(Rows.feedback(decision, 2, 0.2, false, 6)), NOWHERE);
        assertThat(values("feedback", "revision || ':' || reward")).isEqualTo("1:0.1 2:0.2 3:0.3");
        assertThat(values("newest_feedback", "reward::text")).isEqualTo("0.3");
    }

    @Test
    void theDecisionThatCountsReplacesTheOneThatLandedFirst() {
        projection.landDecisions(List.of(logged("b", SECOND)), NOWHERE);
        for (int repetition = 0; repetition < 2; repetition++) {
            projection.landFates(List.of(conflict()), NOWHERE);
            assertThat(values("decision", "action")).isEqualTo("a");
            projection.landDecisions(List.of(logged("a", FIRST), logged("b", SECOND)), NOWHERE);
        }
        assertThat(values("decision", "body #>> '{slots,0,action}'")).isEqualTo("a");
    }

    @Test
    void aFateThatIsReadFirstKeepsTheLoserOut() {
        projection.landFates(List.of(conflict()), NOWHERE);
        projection.landDecisions(List.of(logged("b", SECOND)), NOWHERE);
        assertThat(values("decision", "action")).isEqualTo("a");
    }

    @Test
    void theLastFateOfARecordHolds() {
        Fate orphan = new Fate(LOOP, "e1", FateKind.ORPHAN, FIRST, TIME, null);
        Fate counted = new Fate(LOOP, "e1", FateKind.COUNTED, FIRST, TIME, null);
        projection.landFates(List.of(orphan, counted), NOWHERE);
        projection.landFates(List.of(orphan), NOWHERE);
        projection.landFates(List.of(counted), NOWHERE);
        assertThat(values("fate", "kind")).isEqualTo("counted");
    }

    @Test
    void namesTheRowThatTheDatabaseRefusesAndTakesTheOthers() {
        Decision far = Samples.decision(LOOP, "e2", Instant.MAX);
        List<LoggedDecision> rows = List.of(
                logged("a", FIRST), LoggedDecision.of(far, Json.text(Samples.decision(LOOP, "e2", TIME)), SECOND));
        Position last = new Position("test-" + LOOP, 0, 41);
        assertThat(projection.landDecisions(rows, Reach.of(List.of(last))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.index()).isEqualTo(1);
                    assertThat(row.reason()).startsWith("must be storable: SQLSTATE=22");
                });
        assertThat(values("decision", "event_id")).isEqualTo("e1");
        assertThat(database.text("select next_offset from projection.landed where topic = 'test-projected'"))
                .isEqualTo("42");
    }

    @Test
    void aPartitionThatWasDroppedMeanwhileIsMadeAgain() {
        Instant old = Instant.parse("2019-03-01T12:00:00Z");
        projection.landDecisions(List.of(Rows.decision(LOOP, "old1", old, 1)), NOWHERE);
        String rows = database.text("select rows_schema from projection.generation");
        database.execute("drop table " + rows + ".decision_20190225");
        projection.landDecisions(List.of(Rows.decision(LOOP, "old2", old, 2)), NOWHERE);
        assertThat(values("decision", "event_id")).isEqualTo("old2");
    }

    @Test
    void whatIsOfAWeekThatWasDroppedStaysAway() {
        database.execute("insert into projection.dropped values ('projected', '2026-02-23', now())");
        Decision decision = Samples.decision(LOOP, "e1", TIME);
        projection.landDecisions(List.of(Rows.decision(decision, 1)), NOWHERE);
        projection.landFeedback(List.of(Rows.feedback(decision, 1, 0.1, false, 5)), NOWHERE);
        projection.landRewards(
                List.of(LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", NEXT_WEEK), FIRST)), List.of(), NOWHERE);
        assertThat(values("decision", "event_id")).isNull();
        assertThat(values("feedback", "event_id")).isNull();
        assertThat(values("reward", "event_id")).isNull();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/leeway");
        assertThatThrownBy(() ->
                        new JdbcProjection(nowhere, Tables.LIVE).landDecisions(List.of(logged("a", FIRST)), NOWHERE))
                .isInstanceOf(ProjectionUnavailableException.class);
    }

    @Test
    void manyWritersOfTheSameEventsAgree() throws InterruptedException {
        int events = 200;
        List<Thread> writers = List.of(
                new Thread(() -> projection.landDecisions(
                        IntStream.range(0, events)
                                .mapToObj(i -> Rows.decision(LOOP, "m" + i, TIME, i))
                                .toList(),
                        NOWHERE)),
                new Thread(() -> projection.landRewards(rewards(events, NEXT_WEEK), List.of(), NOWHERE)),
                new Thread(() ->
                        projection.landRewards(rewards(events, TIME.plus(Duration.ofDays(20))), List.of(), NOWHERE)));
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(database.text("select count(*) from projection.reward where loop = 'projected'"))
                .isEqualTo("200");
        assertThat(database.text("select count(*) from projection.reward r join projection.decision d"
                        + " using (event_id, loop, week) where loop = 'projected'"))
                .isEqualTo("200");
    }

    @Test
    void aRewardWritesNothingToTheKeyOfAnEventThatIsDecided() throws Exception {
        projection.landDecisions(List.of(logged("a", FIRST)), NOWHERE);
        LoggedReward reward = LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", NEXT_WEEK), FIRST);
        try (Connection elsewhere = database.source().getConnection()) {
            elsewhere.setAutoCommit(false);
            elsewhere.createStatement().execute("select from projection.event where loop = 'projected' for update");
            // With a lock it would wait for the other one's end.
            CompletableFuture.runAsync(() -> projection.landRewards(List.of(reward), List.of(), NOWHERE))
                    .get(30, TimeUnit.SECONDS);
        }
        assertThat(values("reward", "week::text")).isEqualTo("2026-02-23");
    }

    @Test
    void nobodyElseWritesWhileADecisionIsTakenBack() throws Exception {
        projection.landDecisions(List.of(logged("b", SECOND)), NOWHERE);
        CompletableFuture<?> takingBack;
        try (Connection elsewhere = database.source().getConnection()) {
            elsewhere.setAutoCommit(false);
            Tables.LIVE.enter(elsewhere);
            takingBack = CompletableFuture.runAsync(() -> projection.landFates(List.of(conflict()), NOWHERE));
            await().atMost(Duration.ofSeconds(30)).until(() -> database.text(
                            "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                    .equals("1"));
            elsewhere.rollback();
        }
        takingBack.get(30, TimeUnit.SECONDS);
        assertThat(values("decision", "action")).isEqualTo("a");
    }

    /** A rebuild changes over between two transactions: what has landed beyond the reach that is noted would be lost to it. */
    @Test
    void nothingOfABatchOfRewardsIsThereBeforeItsReachIs() throws Exception {
        LoggedReward reward = LoggedReward.of(Samples.reward(LOOP, "e1", 1, "r", TIME), FIRST);
        LoggedActivation activation = new LoggedActivation(new Activation(LOOP, "e1", TIME, null), SECOND);
        int noTopicHasSoMany = 4711;
        Reach reach = Reach.of(List.of(new Position(Topics.REWARDS, noTopicHasSoMany, 77)));
        Thread writer;
        try (Connection other = database.source().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table projection.activation in access exclusive mode");
            writer = new Thread(() -> projection.landRewards(List.of(reward), List.of(activation), reach));
            writer.start();
            await().until(
                            () -> database.text("select count(*) from pg_locks where not granted"
                                    + " and relation = 'projection.activation'::regclass"),
                            waiting -> waiting.equals("1"));
            assertThat(values("reward", "value::text")).isNull();
            other.rollback();
        }
        writer.join();
        assertThat(values("reward", "value::text")).isEqualTo("1");
        assertThat(values("activation", "event_id")).isEqualTo("e1");
        assertThat(database.text("select next_offset from projection.landed where topic = '" + Topics.REWARDS
                        + "' and source_partition = " + noTopicHasSoMany))
                .isEqualTo("78");
        database.execute("delete from projection.landed where source_partition = " + noTopicHasSoMany);
    }

    private static List<LoggedReward> rewards(int events, Instant time) {
        return IntStream.range(0, events)
                .mapToObj(i -> LoggedReward.of(Samples.reward(LOOP, "m" + i, 1, "r", time), FIRST))
                .toList();
    }

    private static LoggedDecision logged(String action, Position position) {
        Decision decision = Samples.decision(LOOP, "e1", TIME, action, false);
        return LoggedDecision.of(decision, Json.text(decision), position);
    }

    private static Fate conflict() {
        String winner = Json.text(Samples.decision(LOOP, "e1", TIME, "a", false));
        return new Fate(LOOP, "e1", FateKind.CONFLICTING, SECOND, TIME, winner);
    }

    /** One value per row, in their order; null for no row. */
    private static String values(String table, String column) {
        return database.text("select string_agg(v, ' ' order by v) from (select " + column + " as v from projection."
                + table + " where loop = 'projected') rows");
    }
}
