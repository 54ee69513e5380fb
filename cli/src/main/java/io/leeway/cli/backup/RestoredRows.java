package io.leeway.cli.backup;

import io.leeway.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Loads rows in the caller's transaction, in place of those that are there. The triggers that chain the audit log stay on: an entry whose
 * hash does not follow from the one before is refused, and with it the backup.
 */
final class RestoredRows {
    private static final int BATCH_ROWS = 500;
    private static final int BATCH_CHARS = 4 << 20;

    private final Connection connection;
    private final Set<String> tables;
    private PreparedStatement insert;
    private String table = "";
    private int batchRows;
    private int batchChars;

    RestoredRows(Connection connection) throws SQLException {
        this.connection = connection;
        this.tables = new TreeSet<>(Registry.tables(connection));
    }

    void load(Path file) throws IOException, SQLException {
        String all = tables.stream().map(Registry::qualified).collect(Collectors.joining(", "));
        Registry.execute(connection, "lock table " + all + " in access exclusive mode");
        for (String name : tables) {
            String qualified = Registry.qualified(name);
            // Only for as long as this transaction empties the table; nobody else can see it without them.
            Registry.execute(connection, "alter table " + qualified + " disable trigger user");
            Registry.execute(connection, "delete from " + qualified);
            Registry.execute(connection, "alter table " + qualified + " enable trigger user");
        }
        try {
            BackupFile.read(file, this::row);
            flush();
        } catch (UncheckedSqlException e) {
            throw new CommandException(
                    "must fit the registry: " + file + ": " + e.getCause().getMessage());
        } finally {
            if (insert != null) {
                insert.close();
            }
        }
        Registry.continueNumbers(connection);
    }

    private void row(String name, String json) {
        try {
            if (!name.equals(table)) {
                begin(name);
            }
            insert.setString(1, json);
            insert.addBatch();
            batchRows++;
            batchChars += json.length();
            if (batchRows >= BATCH_ROWS || batchChars >= BATCH_CHARS) {
                flush();
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private void begin(String name) throws SQLException {
        if (!tables.contains(name)) {
            throw new CommandException("must be a table of the registry: table=" + name);
        }
        flush();
        if (insert != null) {
            insert.close();
        }
        table = name;
        String qualified = Registry.qualified(name);
        insert = connection.prepareStatement("insert into " + qualified
                + " overriding system value select * from json_populate_record(null::" + qualified + ", ?::json)");
    }

    private void flush() {
        if (batchRows == 0) {
            return;
        }
        try {
            insert.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
        batchRows = 0;
        batchChars = 0;
    }

    /** Carries a refusal of the database through the reader of the file. */
    private static final class UncheckedSqlException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UncheckedSqlException(SQLException cause) {
            super(cause);
        }
    }
}
