package io.leeway.feedback.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** Keeps the rows of an event together, wherever they lie. Stateless. */
final class EventRows {
    private static final List<String> FOLLOWERS = List.of("reward", "activation", "feedback", "fate");

    private EventRows() {}

    private record Moved(String eventId, String loop, LocalDate from, LocalDate to) {}

    /** Inserts decisions; what came before them follows them into their week. */
    static <T> void decide(Connection connection, Columns<T> columns, List<T> rows) throws SQLException {
        List<Moved> moved = columns.query(
                connection,
                Inserts.DECISIONS,
                rows,
                row -> new Moved(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, LocalDate.class)));
        if (moved.isEmpty()) {
            return;
        }
        Columns<Moved> columnsOfMoved = new Columns<Moved>()
                .text(Moved::eventId)
                .text(Moved::loop)
                .text(row -> row.from().toString())
                .text(row -> row.to().toString());
        for (String table : FOLLOWERS) {
            columnsOfMoved.execute(connection, Inserts.MOVE.formatted(table), moved);
        }
    }

    /** Sees to it that the events have a row that what comes with them can hang on. */
    static <T> void know(
            Connection connection,
            List<T> rows,
            Function<T, String> loop,
            Function<T, String> eventId,
            Function<T, Instant> time)
            throws SQLException {
        new Columns<T>().text(loop).text(eventId).time(time).execute(connection, Inserts.KEYS, rows);
    }
}
