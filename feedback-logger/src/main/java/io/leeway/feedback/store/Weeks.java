package io.leeway.feedback.store;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** Weeks of UTC by their Mondays, as the database's function {@code monday} has them: what the tables are partitioned by. */
final class Weeks {
    /** What PostgreSQL and the calendar both have; of a time beyond, the row is refused for its time. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Weeks() {}

    static boolean has(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    static LocalDate of(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
