package io.leeway.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.feedback.Shadow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = new TestDatabase("exchanging");
    }

    /** The reader has the last of the tables that the change wants, and then asks for the first. */
    @Test
    void aChangeAndAReaderThatWaitForEachOtherBothGoOn() throws Exception {
        try (Shadow shadow = new Shadows(database.source()).begin(null);
                Connection reader = database.source().getConnection()) {
            reader.setAutoCommit(false);
            Sql.execute(reader, "select from projection.event");
            CompletableFuture<Shadow.Change> change = CompletableFuture.supplyAsync(() -> shadow.change(until -> {}));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(ExchangeTest::waitsForALock);
            Sql.execute(reader, "select from projection.decision");
            reader.commit();
            assertThat(change.get(60, TimeUnit.SECONDS).after().tables()).isNotEmpty();
        }
    }

    private static boolean waitsForALock() throws SQLException {
        return Integer.parseInt(database.text(
                        "select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'"))
                > 0;
    }
}
