package io.leeway.cli.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registry's schema as the database describes it; knows no table by name but those that tell whether anything is there. */
final class Registry {
    static final String SCHEMA = "registry";

    private static final String HISTORY = "flyway_schema_history";
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final String TABLES = "select table_name from information_schema.tables where table_schema = '"
            + SCHEMA + "' and table_type = 'BASE TABLE' and table_name <> '" + HISTORY
            + "' order by table_name <> 'loops', table_name";
    private static final String IDENTITIES = "select table_name, column_name from information_schema.columns where"
            + " table_schema = '" + SCHEMA + "' and is_identity = 'YES'";

    private static final String KEY =
            "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and"
                    + " a.attnum = any (i.indkey) where i.indisprimary and i.indrelid = '%s'::regclass"
                    + " order by array_position(i.indkey::int2[], a.attnum)";
    private static final String CHAINED = "select 1 from information_schema.columns where table_schema = '" + SCHEMA
            + "' and table_name = '%s' and column_name = 'previous_sha256'";

    private Registry() {}

    /** Tables by name, but loops first, which others refer to; empty if the schema has not been made. */
    static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (String[] row : rows(connection, TABLES, 1)) {
            tables.add(row[0]);
        }
        return tables;
    }

    /** The last migration; empty text if the schema has not been made. */
    static String version(Connection connection) throws SQLException {
        if (tables(connection).isEmpty()) {
            return "";
        }
        List<String[]> found = rows(
                connection,
                "select version from " + SCHEMA + "." + HISTORY
                        + " where success and version is not null order by installed_rank desc limit 1",
                1);
        return found.isEmpty() ? "" : found.get(0)[0];
    }

    /** Loops that the registry has or had: what a restore would put others in place of. */
    static long traces(Connection connection) throws SQLException {
        return Long.parseLong(rows(
                        connection,
                        "select (select count(*) from registry.loops) + (select count(distinct loop) from registry.audit)",
                        1)
                .get(0)[0]);
    }

    static String qualified(String table) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("must be the plain name of a table: table=" + table);
        }
        return SCHEMA + "." + table;
    }

    /** By what the rows of a table are to be sorted: their place in a chain, or their key. */
    static String order(Connection connection, String table) throws SQLException {
        String qualified = qualified(table);
        if (!rows(connection, CHAINED.formatted(table), 1).isEmpty()) {
            return "t.loop, t.position";
        }
        return rows(connection, KEY.formatted(qualified), 1).stream()
                .map(column -> "t." + column[0])
                .collect(Collectors.joining(", "));
    }

    /** Lets numbers that the database gives go on after the largest that is there. */
    static void continueNumbers(Connection connection) throws SQLException {
        for (String[] identity : rows(connection, IDENTITIES, 2)) {
            String table = qualified(identity[0]);
            rows(
                    connection,
                    "select setval(pg_get_serial_sequence('" + table + "', '" + identity[1] + "'),"
                            + " greatest((select max(" + identity[1] + ") from " + table + "), 1),"
                            + " exists (select 1 from " + table + "))",
                    1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String[]> rows(Connection connection, String sql, int columns) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                String[] row = new String[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getString(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
