package io.leeway.cli.backup;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.contracts.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the registry into a file. */
@Command(
        name = "backup",
        description =
                "Writes the registry (loops, versions with artifacts, roles, jobs, audit log) into a file, all of it as of one"
                        + " moment, while the services go on. Decisions and rewards are Kafka's and are not in it.")
public final class BackupCommand implements Callable<Integer> {
    private static final int FETCHED_ROWS = 20;

    @Parameters(paramLabel = "FILE", description = "Where it goes; gzipped lines of JSON.")
    private Path file;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException, SQLException {
        json.requireWritable();
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path draft =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            BackupFile.Checked written = write(draft);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            json.write(written);
            tell(written, Files.size(target));
        } finally {
            Files.deleteIfExists(draft);
        }
        return 0;
    }

    private void tell(BackupFile.Checked written, long bytes) {
        written.foot().rows().forEach((table, rows) -> json.words().printf("%-20s %,10d rows%n", table, rows));
        json.words()
                .printf(
                        "%s: %,d bytes, schema version %s%n",
                        file, bytes, written.head().schemaVersion());
        json.words().println("sha256 " + written.foot().sha256());
    }

    private BackupFile.Checked write(Path draft) throws IOException, SQLException {
        try (Connection connection = database.connect();
                BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(draft), 1 << 16), StandardCharsets.UTF_8))) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String schemaVersion = Registry.version(connection);
            if (schemaVersion.isEmpty()) {
                throw new CommandException("must hold a registry: --database=" + database.url());
            }
            MessageDigest digest = BackupFile.digest();
            BackupFile.Head head =
                    new BackupFile.Head(BackupFile.FORMAT, BackupFile.VERSION, schemaVersion, Instant.now());
            line(out, digest, Json.text(head));
            Map<String, Long> rows = new TreeMap<>();
            for (String table : Registry.tables(connection)) {
                long count = table(connection, table, out, digest);
                if (count > 0) {
                    rows.put(table, count);
                }
            }
            BackupFile.Foot foot = new BackupFile.Foot(rows, HexFormat.of().formatHex(digest.digest()));
            out.write(Json.text(foot));
            out.write('\n');
            return new BackupFile.Checked(head, foot);
        }
    }

    /** In the order of the keys: the same registry makes the same lines, and chains stand as they were made. */
    private static long table(Connection connection, String table, BufferedWriter out, MessageDigest digest)
            throws IOException, SQLException {
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet rows = statement.executeQuery("select row_to_json(t) from " + Registry.qualified(table)
                    + " t order by " + Registry.order(connection, table))) {
                while (rows.next()) {
                    line(out, digest, table + "\t" + rows.getString(1));
                    count++;
                }
            }
        }
        return count;
    }

    private static void line(BufferedWriter out, MessageDigest digest, String line) throws IOException {
        BackupFile.add(digest, line);
        out.write(line);
        out.write('\n');
    }
}
