package io.leeway.cli.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The baseline: the rows that the logger has written, put into the emptied tables again by bare {@code INSERT ... SELECT
 * unnest(...)}, with nothing before it, from one thread over one connection; a commit after each batch of each table, as the logger
 * does, and arrays in binary, as the logger's are. The tables are what the catalogue says, so that the baseline follows the schema.
 */
final class BareInserts {
    private static final String SCHEMA = "projection";
    private static final String TABLES = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'projection' and c.relkind in ('r', 'p') and not c.relispartition
                and c.relname not like 'flyway%'
            order by c.relname
            """;
    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, null)
            from pg_attribute a
            where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by a.attnum
            """;

    private final Connection connection;
    private final int batchRows;

    /** One table with the rows to write, each column as text. */
    private record Table(String name, List<String> columns, List<String> types, List<String[]> rows) {
        String insert() {
            String values = IntStream.range(0, columns.size())
                    .mapToObj(i -> "\"" + columns.get(i) + "\"::" + types.get(i))
                    .collect(Collectors.joining(", "));
            String names = columns.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
            String parameters = columns.stream().map(name -> "?").collect(Collectors.joining(", "));
            return "insert into " + SCHEMA + "." + name + " (" + names + ") select " + values + " from unnest("
                    + parameters + ") as t(" + names + ") on conflict do nothing";
        }
    }

    /**
     * @param events of which all rows were written
     * @param tables by name, with their numbers of rows
     */
    record Outcome(long events, long rows, double seconds, List<String> tables) {
        double eventsPerSecond() {
            return events / seconds;
        }
    }

    BareInserts(Connection connection, int batchRows) {
        this.connection = connection;
        this.batchRows = batchRows;
    }

    /** Writes the rows of the last events of the loop once per round; the middle one counts. The tables are left as the last round leaves them. */
    Outcome run(String loop, int events, int rounds) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (String name : names()) {
            Table table = read(name, loop, events);
            if (!table.rows().isEmpty()) {
                tables.add(table);
            }
        }
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            truncate(tables);
            seconds[round] = write(tables);
        }
        Arrays.sort(seconds);
        long most =
                tables.stream().mapToLong(table -> table.rows().size()).max().orElse(0);
        long rows = tables.stream().mapToLong(table -> table.rows().size()).sum();
        return new Outcome(
                Math.min(events, most),
                rows,
                seconds[rounds / 2],
                tables.stream()
                        .map(table -> table.name() + " " + table.rows().size())
                        .toList());
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private Table read(String name, String loop, int events) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, SCHEMA + "." + name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    types.add(rows.getString(2));
                }
            }
        }
        List<String[]> values = new ArrayList<>();
        if (columns.contains("loop") && columns.contains("event_id")) {
            String select =
                    columns.stream().map(column -> "\"" + column + "\"::text").collect(Collectors.joining(", "));
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement("select " + select + " from " + SCHEMA + "."
                    + name + " where loop = ? order by event_id limit " + events)) {
                query.setFetchSize(1000);
                query.setString(1, loop);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        String[] row = new String[columns.size()];
                        for (int i = 0; i < row.length; i++) {
                            row[i] = rows.getString(i + 1);
                        }
                        values.add(row);
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return new Table(name, columns, types, values);
    }

    private void truncate(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate "
                    + tables.stream().map(table -> SCHEMA + "." + table.name()).collect(Collectors.joining(", ")));
            statement.execute("checkpoint");
        }
    }

    private double write(List<Table> tables) throws SQLException {
        long begin = System.nanoTime();
        connection.setAutoCommit(false);
        int most = tables.stream().mapToInt(table -> table.rows().size()).max().orElse(0);
        for (int from = 0; from < most; from += batchRows) {
            for (Table table : tables) {
                int to = Math.min(table.rows().size(), from + batchRows);
                if (from < to) {
                    insert(table, table.rows().subList(from, to));
                    connection.commit();
                }
            }
        }
        connection.setAutoCommit(true);
        return (System.nanoTime() - begin) / 1e9;
    }

    private void insert(Table table, List<String[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
            for (int i = 0; i < table.columns().size(); i++) {
                int column = i;
                Array values = connection.createArrayOf(
                        "text", rows.stream().map(row -> row[column]).toArray(String[]::new));
                statement.setArray(i + 1, values);
            }
            statement.executeUpdate();
        }
    }
}
