package io.leeway.feedback.store;

import static io.leeway.feedback.Reach.NOWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.feedback.Retention;
import io.leeway.feedback.Shadow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes of tables while somebody reads the last of those that the change wants, and then asks for the first. */
class PatientChangeTest {
    private static final String LOOP = "read";
    private static final Instant LONG_AGO = Instant.parse("2018-01-01T00:00:00Z");

    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = new TestDatabase("changing");
    }

    @Test
    void aRebuildAndAReaderBothGoOn() throws Exception {
        try (Shadow shadow = new Shadows(database.source()).begin(null)) {
            assertThat(besideAReader("event", () -> shadow.change(until -> {}))
                            .after()
                            .tables())
                    .isNotEmpty();
        }
    }

    @Test
    void droppingAWeekAndAReaderBothGoOn() throws Exception {
        new JdbcProjection(database.source(), Tables.LIVE)
                .landDecisions(List.of(Rows.decision(LOOP, "e", LONG_AGO, 1)), NOWHERE);
        JdbcRetention retention = new JdbcRetention(database.source());
        Retention.Dropped dropped = besideAReader(
                "fate",
                () -> retention.drop(
                        loop -> Optional.of(Duration.ofDays(1)), Set.of(LOOP), LONG_AGO.plus(Duration.ofDays(100))));
        assertThat(dropped).isEqualTo(new Retention.Dropped(1, 1, 0));
    }

    private static <T> T besideAReader(String last, Supplier<T> change) throws Exception {
        try (Connection reader = database.source().getConnection()) {
            // Were it to wait as long as the change, either of them might be the one that the database gives up.
            Sql.execute(reader, "set deadlock_timeout = '60s'");
            reader.setAutoCommit(false);
            Sql.execute(reader, "select from projection." + last);
            CompletableFuture<T> changed = CompletableFuture.supplyAsync(change);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(PatientChangeTest::waitsForALock);
            Sql.execute(reader, "select from projection.decision");
            reader.commit();
            return changed.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean waitsForALock() throws SQLException {
        return Integer.parseInt(database.text(
                        "select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'"))
                > 0;
    }
}
